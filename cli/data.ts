/** The files that a recipe speaks of, as the one table that the trainer takes. */

import { createHash } from 'node:crypto'
import { together } from '../trainer/join.ts'
import { columnsOfEach, type Recipe } from '../trainer/recipe.ts'
import { misuse } from './io.ts'
import { type DataFile, readTable } from './table.ts'

/** Of several files, the digest of their digests, a line each. */
const digestOfAll = (files: readonly DataFile[]): string => {
  const [first, ...more] = files.map(({ digest }) => digest)
  if (!more.length) return first ?? ''
  return `sha256:${createHash('sha256')
    .update([first, ...more].join('\n'))
    .digest('hex')}`
}

/**
 * Reads the recipe's data: with `signals`, a file for each of its sources, in their order; with `vector`, files that are joined
 * by its key.
 * @throws ParseError where a file is broken, what {@link misuse} makes where there are too many or too few
 */
export const readData = async (
  recipe: Recipe,
  paths: readonly string[],
  progress?: (done: number, what: string) => void,
): Promise<DataFile> => {
  const wanted = columnsOfEach(recipe)
  if (recipe.signals && wanted.length !== paths.length)
    throw misuse(`${paths.length} data files`, `The recipe takes signals from ${wanted.length}: give them in its order`)
  if (!recipe.signals && paths.length > 1 && !recipe.key)
    throw misuse(`${paths.length} data files`, 'Give one, or name in the recipe the key that joins them')
  const files: DataFile[] = []
  for (const [i, path] of paths.entries()) {
    files.push(await readTable(path, wanted[recipe.signals ? i : 0] ?? []))
    progress?.((i + 1) / paths.length, `read ${path}`)
  }
  const [first, ...more] = files.map(({ table }) => table)
  if (!first) throw misuse('no data file', 'Give one')
  return { table: together(recipe, [first, ...more]), digest: digestOfAll(files) }
}
