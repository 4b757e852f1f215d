/** The files that a recipe speaks of as one table; those of one row a key each, side by side: traits, figures, answers. */

import { fault } from '../core/parse.ts'
import { withPoints } from './decimal.ts'
import type { Recipe } from './recipe.ts'
import { type Cell, cellsOf, type Table, textIn } from './table.ts'

/** The row of each key. @throws ParseError where a key stands twice: which row would count? */
const rowsByKey = (table: Table, key: string): Map<string, number> => {
  const rows = new Map<string, number>()
  cellsOf(table, key, `${table.place}, column ${key}`).forEach((cell, row) => {
    const text = textIn(cell)
    if (text === null) return
    if (rows.has(text))
      fault(
        `${table.place}, data row ${row + 1}`,
        `a second row of one ${key}`,
        'Give one row for each, or take lines as signals',
      )
    rows.set(text, row)
  })
  return rows
}

const checkNames = (tables: readonly Table[], key: string): void => {
  const seen = new Map<string, string>()
  for (const { names, place } of tables) {
    for (const name of names) {
      const before = name === key ? undefined : seen.get(name)
      if (before) fault(`${place}, column ${name}`, `in ${before} as well`, 'Give the columns different names')
      seen.set(name, place)
    }
  }
}

/**
 * One table with a row for every key that stands in any of them; what a table does not know of a key is missing.
 * @throws ParseError where a key stands twice in a table, or a column in two tables
 */
export const joined = (tables: readonly Table[], key: string): Table => {
  checkNames(tables, key)
  const byKey = tables.map(table => rowsByKey(table, key))
  const keys = [...new Set(byKey.flatMap(rows => [...rows.keys()]))]
  if (keys.length === byKey.reduce((sum, rows) => sum + rows.size, 0))
    fault(
      tables.map(({ place }) => place).join(' and '),
      `no ${key} stands in more than one`,
      'Check that they are written alike, and that tokens were made with one key',
    )
  const columns = new Map<string, readonly Cell[]>([[key, keys]])
  tables.forEach((table, i) => {
    const rows = keys.map(each => byKey[i]?.get(each))
    for (const [name, cells] of table.columns) {
      if (name !== key)
        columns.set(
          name,
          rows.map(row => (row === undefined ? null : (cells[row] ?? null))),
        )
    }
  })
  const names = [key, ...tables.flatMap(table => table.names.filter(name => name !== key))]
  return { place: tables.map(({ place }) => place).join(' and '), names, rows: keys.length, columns }
}

/**
 * The table that the trainer takes: with `signals`, a file for each of its sources, in their order; with `vector`, files that are
 * joined by its key.
 * @throws ParseError where they cannot be joined
 */
export const together = (recipe: Recipe, [first, ...more]: readonly [Table, ...Table[]]): Table => {
  if (!more.length) return withPoints(recipe, first)
  if (recipe.signals) return withPoints(recipe, { ...first, beside: more })
  const { key, place } = recipe
  if (!key) return fault(place, `${more.length + 1} files`, 'Name in the recipe the key that joins them')
  return withPoints(recipe, joined([first, ...more], key))
}
