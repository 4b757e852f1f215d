/** No column that a recipe reads may say who somebody is; the key of rows may once a token stands for it. */

import { fault } from '../core/parse.ts'
import { areTokens, type PersonalColumn, personalIn, TOKEN } from './personal-columns.ts'
import { columnsOfEach, type Recipe } from './recipe.ts'
import type { Table } from './table.ts'

const keysOf = ({ signals, further, key }: Recipe): (string | undefined)[] =>
  signals ? [signals, ...further].map(each => each.key) : [key]

export const filesOf = (table: Table): readonly Table[] => [table, ...(table.beside ?? [])]

/** Every column that the recipe reads, in its file; is it whose a row is? */
export const columnsRead = (
  recipe: Recipe,
  table: Table,
): { readonly column: string; readonly file: Table; readonly key: boolean }[] => {
  const [names, keys] = [columnsOfEach(recipe), keysOf(recipe)]
  return filesOf(table).flatMap((file, i) =>
    (names[i] ?? []).map(column => ({ column, file, key: column === keys[i] })),
  )
}

/** @throws ParseError where a column that is read looks personal, and the recipe does not say why it is not */
export const refusePersonal = (recipe: Recipe, table: Table): void => {
  for (const { column, key, file } of columnsRead(recipe, table)) {
    if (recipe.notPersonal.some(it => it.column === column)) continue
    const found = personalIn(column, file.columns.get(column))
    if (!found) continue
    const mend = key
      ? `Replace it by tokens first: nearside tokenize ${file.place} --column "${column}" --key <file> --out <file>`
      : 'Leave it out; or, where that is wrong, say so under notPersonal, with the reason'
    fault(`${recipe.place}, column ${column}`, `by its ${found.by}, it holds ${found.what}`, mend)
  }
}

/** The columns of the file that look personal and that training does not read: those that were not read, by their names. */
export const leftAsPersonal = (recipe: Recipe, table: Table): PersonalColumn[] => {
  const read = columnsRead(recipe, table)
  return filesOf(table).flatMap(file =>
    file.names
      .filter(name => !read.some(it => it.column === name && it.file === file))
      .flatMap(name => personalIn(name) ?? []),
  )
}

/** @throws ParseError where keys are tokens and the people to exclude are not: none of them would be found */
export const refuseUntokened = (recipe: Recipe, table: Table): void => {
  const list = [...(recipe.exclude ?? [])]
  if (!list.length || list.some(key => TOKEN.test(key))) return
  const tokened = columnsRead(recipe, table).find(({ key, column, file }) => key && areTokens(file.columns.get(column)))
  if (tokened)
    fault(
      `${recipe.place}, people to exclude`,
      `none is a token, though ${tokened.column} holds tokens`,
      'Make tokens of the list by the same key: nearside tokenize <list> --list --key <file> --out <tokens.txt>',
    )
}
