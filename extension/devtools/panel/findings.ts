/** What is wrong, or might be: each with where it is and how to mend it. */

import { dateOf } from '../../../core/epoch.ts'
import { excessIn } from '../../../core/excess.ts'
import { lintConfig } from '../../../core/lint/config.ts'
import { lintModel } from '../../../core/lint/model.ts'
import { modelId } from '../../../core/model.ts'
import type { ModelFault } from '../../../core/model-fault.ts'
import { needsOf } from '../../../core/needs.ts'
import type { Happening, State } from '../../../core/protocol/devtools.ts'
import { counted } from '../../../view/format.ts'
import { type Finding, finding, LEVELS } from './finding.ts'
import { policyFindings } from './policy-findings.ts'
import type { SiteFiles } from './site-files.ts'
import { kindTallies } from './tallies.ts'

/** Of a page: whether enough of it was seen to say that something never comes. */
const ENOUGH_ROWS = 20

const inFiles = ({ faults, config, model }: SiteFiles, today: string): Finding[] => [
  ...faults.map(({ place, problem, mend }) => finding('error', place, problem, mend)),
  ...(config ? lintConfig(config, 'nearside.json') : []),
  ...(model ? lintModel(model, 'model.json', today) : []),
]

const needsAgainstModel = ({ config, model }: SiteFiles): Finding[] => {
  if (!config || !model) return []
  const excess = excessIn(config.needs, model.features)
  const asked = needsOf(model.features).map(({ kind }) => kind)
  const idle = config.needs.filter(({ kind }) => !asked.includes(kind))
  return [
    ...(excess
      ? [
          finding(
            'error',
            'nearside.json.needs',
            `${modelId(model)} asks for ${excess}, which needs do not allow: devices refuse the model`,
            'Train with --config, or write the needs that nearside train prints, and run nearside revise',
          ),
        ]
      : []),
    ...idle.map(({ kind }) =>
      finding(
        'note',
        `nearside.json.needs, ${kind}`,
        'the model does not look at it',
        'Take it out when every visitor has the new model: visitors are asked for more than is used',
      ),
    ),
  ]
}

const MODEL_MENDS: { readonly [F in ModelFault]: string } = {
  unreachable: 'Serve the model at the address that nearside.json names',
  unreadable: 'Publish the file that nearside train wrote, unchanged',
  unsigned: 'Sign it by the key in nearside.json: nearside sign',
  older: 'Publish a higher revision: an older one is never taken back',
  expired: 'Train it again, and publish it',
  'no-log': 'Serve the log at the address that nearside.json names: nearside publish',
  'wrong-root': 'Publish the log that nearside publish wrote, unchanged',
  rewritten: 'A log may only grow: publish the old entries with the new',
  'not-logged': 'Enter the model into the log: nearside publish',
}

const kept = ({ kept: it, unreadable, decision, at }: State): Finding[] => [
  ...(unreadable === undefined
    ? []
    : [finding('error', 'IndexedDB nearside', unreadable, 'Delete it, or serve the version that wrote it')]),
  ...(it?.model?.refused
    ? [finding('error', 'model.json', `devices refuse it: ${it.model.refused}`, MODEL_MENDS[it.model.refused])]
    : []),
  ...(it?.model?.differing ?? []).map(sign =>
    finding(
      'warning',
      'model.json',
      `served with ${sign}: others may be given something else`,
      'Serve the same file to all, and let caches keep it',
    ),
  ),
  ...(it && it.tampered !== null
    ? [
        finding(
          'error',
          `ledger, entry ${it.tampered}`,
          'it is not as it was written',
          'Nothing mends it: delete what is kept, and find out who wrote there',
        ),
      ]
    : []),
  ...Object.entries(it?.damaged ?? {}).map(([what, n]) =>
    finding(
      'warning',
      'IndexedDB nearside',
      `${counted(n, 'record')} cannot be read: ${what}`,
      'They are deleted at the next start, and the ledger says so',
    ),
  ),
  ...(decision && decision.expires <= dateOf(at)
    ? [finding('note', 'decision', `it held until ${decision.expires}`, 'The visitor is asked again on the next page')]
    : []),
]

/** The worker itself waits no longer for an answer. */
const ANSWERED_WITHIN_MS = 20_000

const unanswered = ({ kept: it }: State): Finding[] => {
  const late = it?.ledger.filter(
    ({ at, event }) => event.type === 'report' && it.waiting.includes(event.body) && it.made - at > ANSWERED_WITHIN_MS,
  )
  return late?.length
    ? [
        finding(
          'warning',
          'reports',
          `${counted(late.length, 'report')} went out, and no answer has come that settles it`,
          'See that the collector runs, and that connect-src allows it in the policy that nearside-worker.js itself is served with',
        ),
      ]
    : []
}

const absent = ({ seen, path }: State): Finding[] =>
  seen === 'absent'
    ? [finding('note', path, 'this page has no Nearside', 'Put the tag in that docs/install.md begins with')]
    : []

const emitted = (rows: readonly Happening[], { config }: SiteFiles, granted: boolean): Finding[] => {
  if (!config) return []
  return kindTallies(rows, config.needs).flatMap(({ kind, features, admitted, refused }) => {
    const seen = admitted + Object.values(refused).reduce((sum, n) => sum + n, 0)
    if (features.length && !seen && granted && rows.length >= ENOUGH_ROWS)
      return finding(
        'warning',
        kind,
        `the model wants it for ${features.join(', ')}, and no page has emitted it yet`,
        'Go where it should happen; if it stays away, add the call or the source',
      )
    if (!features.length && seen)
      return finding(
        'warning',
        kind,
        `emitted ${counted(seen, 'time')} in vain: no feature looks at it`,
        'Leave the call out, or train a model that uses it',
      )
    const odd = (['invalid', 'looks-personal', 'free-text', 'too-long'] as const).filter(reason => refused[reason])
    return odd.map(reason =>
      finding(
        'warning',
        kind,
        `${counted(refused[reason] ?? 0, 'signal')} refused: ${reason}`,
        'See the row in the stream for what is wrong with its fields',
      ),
    )
  })
}

const failures = (rows: readonly Happening[]): Finding[] =>
  rows.flatMap(row => {
    if (row.what === 'blocked')
      return finding(
        'error',
        `content security policy, ${row.directive}`,
        `${row.url} was stopped`,
        'Allow it: docs/install.md lists what Nearside needs',
        row.n,
      )
    if (row.what === 'problem') return finding('error', 'console', row.text, 'It says what to mend', row.n)
    if (row.what === 'answer' && (row.error ?? row.problem) !== undefined)
      return finding('error', `worker, ${row.verb}`, row.error ?? row.problem ?? '', 'It says what to mend', row.n)
    if (row.what === 'request' && row.kind === 'file' && row.status >= 400)
      return finding('error', row.url, `answered ${row.status}`, 'Serve it beside nearside.js', row.n)
    return []
  })

/** The same said twice is said once, of the latest row. */
const once = (all: readonly Finding[]): Finding[] => [
  ...new Map(all.map(it => [`${it.place} ${it.problem}`, it])).values(),
]

/** The gravest first. */
export const findingsIn = (
  rows: readonly Happening[],
  state: State | undefined,
  files: SiteFiles,
): readonly Finding[] => {
  if (!state) return once(failures(rows))
  const all = [
    ...failures(rows),
    ...inFiles(files, dateOf(state.at)),
    ...needsAgainstModel(files),
    ...absent(state),
    ...policyFindings(state, files),
    ...kept(state),
    ...unanswered(state),
    ...emitted(rows, files, state.seen === 'granted'),
  ]
  return once(all).sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level))
}
