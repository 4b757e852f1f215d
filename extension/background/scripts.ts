/** Which scripts a browser is to run on which sites, worked out from what is written down. Pure: the browser is brought to it later. */

import { ALL_PAIRS, both, CATEGORIES, product } from '../../core/consent.ts'
import { type Answer, answerFor, type Defaults, findsAll, pairsIn, signals } from '../defaults.ts'
import type { Deletion } from '../deletion.ts'
import { hostOf, patternOf, portOf } from '../origin.ts'
import { EVERYWHERE } from '../permissions.ts'
import { type Reach, reaches } from '../reach.ts'
import { ANSWERS, filesFor, PAUSES } from '../visit/bits.ts'
import type { Held } from './held.ts'

/** One script, as `scripting.registerContentScripts` takes it. */
export interface Script {
  readonly id: string
  readonly js: readonly string[]
  readonly matches: readonly string[]
  readonly excludeMatches?: readonly string[]
  readonly allFrames?: boolean
  readonly world?: 'MAIN'
  readonly runAt: 'document_start'
}

/** Their files in the extension. */
export interface Files {
  readonly presence: string
  readonly standard: string
  readonly tombstone: string
  readonly resume: string
  readonly gpc: string
}

/** All that is written down and given. */
export interface Wanted {
  readonly defaults: Defaults
  readonly reach: Reach
  readonly deletions: readonly Deletion[]
  /** Pauses that the extension began. */
  readonly held: readonly Held[]
}

const start = { runAt: 'document_start' as const }

export const patternsOf = ({ everywhere, hosts }: Reach): string[] =>
  everywhere ? EVERYWHERE : hosts.map(host => patternOf(host))

/** What stays on the site itself: all that a wish may grant where the opt-out signal goes out with it. */
const SPARED = product(['personalization'], CATEGORIES)

const numberOf = (answer: Answer, { defaults, reach }: Wanted): number => {
  const pairs = pairsIn(answer)
  const said = pairs === undefined ? 0 : both(pairs, signals(defaults, reach) ? SPARED : ALL_PAIRS) | ANSWERS
  return said | (defaults.paused ? PAUSES : 0)
}

const standards = (wanted: Wanted, { standard }: Files): Script[] => {
  const { defaults, reach } = wanted
  const saying = (id: string, answer: Answer, matches: readonly string[]): Script[] => {
    const number = numberOf(answer, wanted)
    return number && matches.length ? [{ id, js: [...filesFor('default', number), standard], matches, ...start }] : []
  }
  const excepted = Object.keys(defaults.exceptions).filter(host => reaches(reach, host))
  const excludeMatches = excepted.map(patternOf)
  const others = patternsOf(reach).filter(pattern => !excludeMatches.includes(pattern))
  return [
    ...saying('default', defaults.everywhere, others).map(script => ({ ...script, excludeMatches })),
    ...excepted.flatMap(host => saying(`default ${host}`, answerFor(defaults, host), [patternOf(host)])),
  ]
}

/** Where something was deleted as well, so that what comes back is noticed. */
const looksAt = ({ defaults, reach, deletions }: Wanted): readonly string[] => {
  if (findsAll(defaults, reach)) return EVERYWHERE
  const deleted = deletions.flatMap(({ origin }) => (reaches(reach, origin) ? [patternOf(origin)] : []))
  return [...new Set([...reach.hosts.map(patternOf), ...deleted])]
}

const presence = (wanted: Wanted, { presence: file }: Files): Script[] => {
  const matches = looksAt(wanted)
  return matches.length ? [{ id: 'presence', js: [file], matches, ...start }] : []
}

/** By which a script runs on this origin alone: a pattern and, where that names no port, the files that say it. */
export const only = (
  origin: string,
  ports: boolean,
): { readonly pattern: string; readonly files: readonly string[] } =>
  ports
    ? { pattern: `${hostOf(origin)}:${portOf(origin)}/*`, files: [] }
    : { pattern: patternOf(origin), files: filesFor('port', portOf(origin)) }

/** The script that deletes what this origin keeps at its next visit. */
export const eraseId = (origin: string): string => `erase ${origin}`

const tombstones = ({ reach, deletions }: Wanted, { tombstone }: Files, ports: boolean): Script[] =>
  deletions
    .filter(
      ({ by, state, origin }) =>
        by === 'next-visit' && state !== 'gone' && state !== 'returned' && reaches(reach, origin),
    )
    .map(({ origin }) => ({
      id: eraseId(origin),
      js: [...only(origin, ports).files, tombstone],
      matches: [only(origin, ports).pattern],
      allFrames: true,
      ...start,
    }))

const resumes = ({ defaults, reach, held }: Wanted, { resume }: Files): Script[] => {
  const hosts = [...new Set(held.map(({ origin }) => hostOf(origin)))].filter(host => reaches(reach, host))
  return defaults.paused || hosts.length === 0
    ? []
    : [{ id: 'resume', js: [resume], matches: hosts.map(patternOf), ...start }]
}

/** In our own world as well: what the page is told, whoever looks at it must know, or shows as allowed what the site takes for denied. */
const gpc = ({ defaults, reach }: Wanted, { gpc: file }: Files): Script[] =>
  signals(defaults, reach)
    ? [
        { id: 'gpc', js: [file], matches: EVERYWHERE, allFrames: true, world: 'MAIN', ...start },
        { id: 'gpc looked at', js: [file], matches: EVERYWHERE, ...start },
      ]
    : []

/** @param ports whether the browser's patterns can name one: a script that waits on two of a host’s would run for the first alone, in Chromium */
export const scriptsFor = (wanted: Wanted, files: Files, ports: boolean): readonly Script[] =>
  [tombstones, presence, standards, resumes, gpc].flatMap(part => part(wanted, files, ports))
