/** `nearside import`: centroids that were found elsewhere, as a model. */

import { importSklearn } from '../trainer/import-sklearn.ts'
import { modelNeeds } from '../trainer/needs.ts'
import { isOffline, printModel } from '../trainer/print.ts'
import { parseRecipe } from '../trainer/recipe.ts'
import { readArguments, required, seeHelp } from './arguments.ts'
import { decode } from './decode.ts'
import { digestOf, readBytes, readText, writeText } from './files.ts'
import { type Command, misuse } from './io.ts'
import { textTable } from './tables.ts'

const help = `nearside import: centroids that were found elsewhere, as a model

Usage: nearside import sklearn <export.json> --recipe <recipe.json> --out <model.json> [--json]

  <export.json>     what the exporter in docs/models.md writes: StandardScaler, KMeans and a sample with its labels
  --recipe <file>   binds the columns to features, and has names, basis and minimumSize; nothing is trained
  --out <file>      where the model goes
  --json            one JSON object on standard output

Every row of the sample must be assigned, by the code that devices run, to the cluster that predict gave it.

Example: nearside import sklearn export.json --recipe recipe.json --out model.json`

const options = { recipe: { type: 'string' }, out: { type: 'string' }, json: { type: 'boolean' } } as const

export const importCommand: Command = {
  summary: 'make a model of centroids that were found elsewhere',
  help,
  run: async (args, io) => {
    const { values, positionals } = readArguments('import', args, options)
    const [format, path, ...more] = positionals
    if (format !== 'sklearn' || !path || more.length)
      throw misuse('import sklearn and one file are wanted', seeHelp('import'))
    const [at, out] = [required(values.recipe, '--recipe', 'import'), required(values.out, '--out', 'import')]
    const recipe = parseRecipe(readText(at), at)
    const bytes = readBytes(path)
    const { model, sizes, sampled, nothingSeen } = importSklearn(decode(bytes, path), recipe, digestOf(bytes), path)
    writeText(out, printModel(recipe, model))
    const segments =
      model.segmentations[0]?.segments.slice(1).map(({ id, label }, i) => ({ id, label, size: sizes[i] ?? 0 })) ?? []
    if (values.json) {
      const needs = isOffline(recipe) ? [] : modelNeeds(model)
      return io.out(JSON.stringify({ out, segments, sampled, nothingSeen, needs }))
    }
    io.out(
      [
        ...textTable([['segment', 'rows'], ...segments.map(({ id, label, size }) => [`${id} ${label}`, String(size)])]),
        `${sampled - nothingSeen} sampled rows are assigned as predict has them${nothingSeen ? `; of ${nothingSeen} nothing was seen, and a device leaves them unassigned` : ''}`,
        `Wrote ${out}`,
      ].join('\n'),
    )
  },
}
