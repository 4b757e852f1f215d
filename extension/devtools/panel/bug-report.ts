/** What to send along with a fault, as text: what stands, what is wrong, and the last that happened. */

import { PURPOSES } from '../../../core/consent.ts'
import { modelId } from '../../../core/model.ts'
import type { RecordedSession } from '../../../core/protocol/devtools.ts'
import { findingsIn } from './findings.ts'
import { wordsOf } from './row-words.ts'
import type { SiteFiles } from './site-files.ts'
import { callTallies } from './tallies.ts'

const LAST_ROWS = 40

const time = (at: number): string => new Date(at).toISOString().slice(11, 23)

/** @param session already without secrets: see `record`; @param browser as it calls itself */
export const bugReport = (session: RecordedSession, files: SiteFiles, browser: string): string => {
  const state = session.states.at(-1)
  const granted = state?.decision?.grants ?? {}
  const findings = findingsIn(session.happenings, state, files)
  const lines = [
    '# Nearside: what was seen',
    '',
    `- when: ${new Date(session.made).toISOString()}`,
    `- browser: ${browser}`,
    `- site: ${files.config?.site ?? 'not known'}, notice ${files.config?.notice ?? 'not known'}`,
    `- model: ${files.model ? modelId(files.model) : 'not to be had'}`,
    `- page: ${state?.path ?? 'not known'}, ${state?.seen ?? 'not looked at'}`,
    `- granted: ${PURPOSES.flatMap(purpose => (granted[purpose]?.length ? `${purpose} (${granted[purpose]?.join(', ')})` : [])).join('; ') || 'nothing'}`,
    `- segments: ${state?.kept?.segments.map(it => `${it.segmentation} ${it.unassigned ?? it.segment}`).join(', ') || 'none'}`,
    '',
    '## To look at',
    '',
    ...(findings.length
      ? findings.map(({ level, place, problem, mend }) => `- ${level}: ${place}: ${problem}. ${mend}.`)
      : ['Nothing.']),
    '',
    '## Worker',
    '',
    ...callTallies(session.happenings).map(
      ({ verb, calls, median, most, failed }) =>
        `- ${verb}: ${calls} calls, ${median} ms in the middle, ${most} ms at most, ${failed} failed`,
    ),
    '',
    `## The last ${Math.min(LAST_ROWS, session.happenings.length)} rows`,
    '',
    '```',
    ...session.happenings.slice(-LAST_ROWS).map(row => {
      const { what, name, rest } = wordsOf(row)
      return `${time(row.at)} ${what} ${name} ${rest}`.trim()
    }),
    '```',
    '',
    ...session.holds.filter(line => line.startsWith('Without')),
    '',
  ]
  return lines.join('\n')
}
