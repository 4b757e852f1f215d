/** What the policy of the worker's own file stops: told to nobody, neither to the page nor to DevTools. */

import type { State } from '../../../core/protocol/devtools.ts'
import { type Finding, finding } from './finding.ts'
import { type Directive, isAllowed } from './policy.ts'
import type { SiteFiles } from './site-files.ts'

type Needed = readonly [directive: Directive, url: string]

/** What a worker asks for: the site's files, the collector, and the chunks that are beside it. */
const neededBy = (
  worker: string,
  base: string,
  { model, log, reports }: NonNullable<SiteFiles['config']>,
): Needed[] => {
  const files = [model, ...(log ? [log] : [])].map(file => new URL(file, base).href)
  const asked = [...files, ...(reports ? [`${reports.url}/v1/reports`] : [])]
  return [
    ...asked.map((url): Needed => ['connect-src', url]),
    ['script-src', new URL('nearside-records.js', worker).href],
  ]
}

export const policyFindings = ({ policy, config: served }: State, { config }: SiteFiles): Finding[] => {
  // A session from a file may say anything.
  if (!policy || !config || !served || ![policy.url, served.url].every(url => URL.canParse(url))) return []
  const { url: worker, header } = policy
  return neededBy(worker, served.url, config)
    .filter(([directive, url]) => !isAllowed(header, directive, url, worker))
    .map(([directive, url]) =>
      finding(
        'error',
        `content security policy of nearside-worker.js, ${directive}`,
        `it stops ${url}`,
        'Allow it in the header that this file is served with: docs/install.md lists what Nearside needs',
      ),
    )
}
