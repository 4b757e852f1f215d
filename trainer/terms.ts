/**
 * The part of a recipe that says on what terms its data are used: whose a row is, what is left out, what counts as personal, and
 * how far a single row reaches.
 */

import { fault, list, object, oneOf, optional, type Parser, text } from '../core/parse.ts'
import { mapTexts, type TextColumns } from './columns.ts'

/** Rows about something else, and why: those whose cell is one of `words`, holds one of `parts`, anything at all, or nothing. */
export interface Leave {
  readonly column: string
  readonly words?: readonly string[]
  /** In whatever case: `bot` is in `Googlebot`. */
  readonly parts?: readonly string[]
  readonly filled?: true
  readonly empty?: true
  readonly reason: string
}

export interface Terms {
  /** Whose a row of a vector is. */
  readonly key?: string
  /** Further rows of a key, or lines that repeat another in every column that is read. */
  readonly duplicates: 'keep' | 'leave'
  /** Rows of a vector about something else. */
  readonly leave: readonly Leave[]
  /** Columns that look personal and are not, and why. */
  readonly notPersonal: readonly { readonly column: string; readonly why: string }[]
  /** How the files write the fractions of numbers: 1.5 or 1,5. */
  readonly decimal: '.' | ','
  /** By mean and deviation; or so that no single row's extreme moves the model. */
  readonly scale: 'standard' | 'robust'
}

export const column = text(120, undefined, 'the name of a column')
export const cell = text(120, undefined, 'what stands in a cell')

const parseShape = object({
  column,
  words: optional(list(cell, 1, 200)),
  parts: optional(list(cell, 1, 200)),
  filled: optional(oneOf([true])),
  empty: optional(oneOf([true])),
  reason: text(60),
})

const parseLeave: Parser<Leave> = (value, place) => {
  const leave = parseShape(value, place)
  const ways = [leave.words, leave.parts, leave.filled, leave.empty].filter(Boolean).length
  return ways === 1 ? leave : fault(place, `${ways} of words, parts, filled and empty`, 'Give one of the four')
}

export const parseLeaves = list(parseLeave, 0, 20)

/** The fields of a recipe that are terms. */
export const termFields = {
  key: optional(column),
  duplicates: optional(oneOf(['keep', 'leave'])),
  leave: optional(parseLeaves),
  notPersonal: optional(list(object({ column, why: text(200) }), 0, 20)),
  decimal: optional(oneOf(['.', ','])),
  scale: optional(oneOf(['standard', 'robust'])),
}

export const defaultTerms: Terms = { duplicates: 'keep', leave: [], notPersonal: [], decimal: '.', scale: 'standard' }

const isLeft = ({ words, parts, filled, empty }: Leave, cell: string): boolean =>
  Boolean(cell ? filled : empty) ||
  Boolean(words?.includes(cell)) ||
  Boolean(parts?.some(part => cell.toLowerCase().includes(part.toLowerCase())))

/** By row: why it is left, or undefined. */
export const leavingOf = (leaves: readonly Leave[], columns: TextColumns): ((row: number) => string | undefined) => {
  const reasons = leaves.map(leave =>
    mapTexts(columns.texts(leave.column), text => (isLeft(leave, text) ? leave.reason : undefined)),
  )
  return row => {
    for (const each of reasons) if (each[row]) return each[row]
    return undefined
  }
}
