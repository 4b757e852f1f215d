/** The names of a file's columns: each is there, and there once. */

import { fault } from '../core/parse.ts'

/** No export of a shop has more; a file that does is one line of something else. */
export const MOST_COLUMNS = 10_000
const LONGEST_NAME = 120

/** Which columns a reader keeps. */
export type Wanted = readonly string[] | 'all'

/** @throws ParseError with the column */
export const headerOf = (cells: readonly string[], place: string): string[] => {
  if (cells.length > MOST_COLUMNS)
    fault(place, `${cells.length} columns`, `Keep the columns that matter, ${MOST_COLUMNS} at most`)
  const names = cells.map(cell => cell.trim())
  const seen = new Set<string>()
  names.forEach((name, i) => {
    const where = `${place}, column ${i + 1}`
    if (!name) fault(where, 'a column without a name', 'Give every column a name')
    if (name.length > LONGEST_NAME) fault(where, `a name of ${name.length} characters`, `Give one of ${LONGEST_NAME}`)
    if (seen.has(name)) fault(where, `${name} stands twice`, 'Give every column its own name')
    seen.add(name)
  })
  return names
}

export const isWanted = (wanted: Wanted, name: string): boolean => wanted === 'all' || wanted.includes(name)
