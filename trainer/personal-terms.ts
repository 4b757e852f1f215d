/** No column that a recipe reads may say who somebody is; the key of rows may once a token stands for it. */

import { fault } from '../core/parse.ts'
import { type PersonalColumn, personalIn } from './personal-columns.ts'
import { columnsOf, type Recipe } from './recipe.ts'
import type { Table } from './table.ts'

const isKey = (recipe: Recipe, column: string): boolean => column === (recipe.signals?.key ?? recipe.key)

/** @throws ParseError where a column that is read looks personal, and the recipe does not say why it is not */
export const refusePersonal = (recipe: Recipe, table: Table): void => {
  for (const column of columnsOf(recipe)) {
    if (recipe.notPersonal.some(it => it.column === column)) continue
    const found = personalIn(column, table.columns.get(column))
    if (!found) continue
    const mend = isKey(recipe, column)
      ? `Replace it by tokens first: nearside tokenize ${table.place} --column "${column}" --key <file> --out <file>`
      : 'Leave it out; or, where that is wrong, say so under notPersonal, with the reason'
    fault(`${recipe.place}, column ${column}`, `by its ${found.by}, it holds ${found.what}`, mend)
  }
}

/** The columns of the file that look personal and that training does not read: those that were not read, by their names. */
export const leftAsPersonal = (recipe: Recipe, table: Table): PersonalColumn[] => {
  const read = columnsOf(recipe)
  return table.names.filter(name => !read.includes(name)).flatMap(name => personalIn(name) ?? [])
}
