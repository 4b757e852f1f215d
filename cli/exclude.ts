/** The list of people whose data train nothing: those who objected, the erased. */

import { fault } from '../core/parse.ts'
import type { Recipe } from '../trainer/recipe.ts'
import { readText } from './files.ts'

/** Keys in a file, one a line; what follows a # is a remark. */
export const keysIn = (text: string): ReadonlySet<string> =>
  new Set(
    text
      .split(/\r?\n/)
      .map(line => line.replace(/#.*/, '').trim())
      .filter(Boolean),
  )

/** The recipe without the people in the file. @throws ParseError where the recipe does not say whose a row is */
export const excluding = (recipe: Recipe, path: string | undefined): Recipe => {
  if (path === undefined) return recipe
  if (!recipe.signals && !recipe.key)
    fault(`${recipe.place}.key`, 'nothing is there', 'Name the column that tells whose a row is, to exclude anybody')
  return { ...recipe, exclude: keysIn(readText(path)) }
}
