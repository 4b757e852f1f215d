/** Whose the lines of several files are: the columns by which most people of one are found in the others. */

import type { Recognised } from './recognise.ts'
import { type Table, textIn } from './table.ts'

/** Enough people to see whether two files know the same. */
const LOOKED_AT = 5000

const peopleIn = (table: Table, column: string): ReadonlySet<string> => {
  const people = new Set<string>()
  for (const cell of table.columns.get(column) ?? []) {
    const text = textIn(cell)
    if (text !== null) people.add(text)
  }
  return people
}

/** How many of some people stand in the other set as well. */
const shared = (some: ReadonlySet<string>, others: ReadonlySet<string>): number => {
  let found = 0
  let looked = 0
  for (const each of some) {
    if (looked++ >= LOOKED_AT) break
    if (others.has(each)) found++
  }
  return found
}

const best = <T>(items: readonly T[], score: (item: T) => number): T | undefined =>
  items.reduce<T | undefined>((top, item) => (top === undefined || score(item) > score(top) ? item : top), undefined)

/**
 * The files with keys by which they meet, where they have such; those of one file stay as they are.
 * @param tables of the files, in their order
 */
export const meeting = (tables: readonly Table[], files: readonly Recognised[]): readonly Recognised[] => {
  const logs = files.flatMap((file, i) => (file.signals ? [i] : []))
  if (logs.length < 2) return files
  const people = files.map(({ keys }, i) => keys.map(key => peopleIn(tables[i] as Table, key)))
  const [first = 0, ...others] = logs
  const meets = (some: ReadonlySet<string>, i: number): number =>
    Math.max(0, ...(people[i] ?? []).map(theirs => shared(some, theirs)))
  const ours = best(people[first] ?? [], some => others.reduce((sum, i) => sum + meets(some, i), 0))
  return files.map((file, i) => {
    if (!file.signals || !ours) return file
    const mine = i === first ? ours : best(people[i] ?? [], theirs => shared(ours, theirs))
    const at = mine ? (people[i] ?? []).indexOf(mine) : 0
    const key = file.keys[at] ?? file.signals.key
    const none = i !== first && mine !== undefined && !shared(ours, mine)
    const notes = none
      ? [...file.notes, `nobody in ${key} stands in ${tables[first]?.place}: the two do not join`]
      : file.notes
    return { ...file, notes, signals: { ...file.signals, key } }
  })
}
