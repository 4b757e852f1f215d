/** One thing that is wrong, or might be: where it is, and how to mend it. */

import type { Lint } from '../../../core/lint/parts.ts'

export type Finding = Lint & {
  /** A row of the stream that shows it. */
  readonly row?: number
}

type Level = Finding['level']
/** The gravest first. */
export const LEVELS: readonly Level[] = ['error', 'warning', 'note']

export const finding = (level: Level, place: string, problem: string, mend: string, row?: number): Finding => ({
  level,
  place,
  problem,
  mend,
  ...(row === undefined ? {} : { row }),
})
