/** `nearside drift`: are new rows still like those the model was made for? */

import { fault } from '../core/parse.ts'
import { parseModel } from '../core/parse-model.ts'
import { centroidsOf } from '../trainer/compare/diff.ts'
import { type Drift, driftOf, seenBy } from '../trainer/compare/drift.ts'
import { rawsFor } from '../trainer/compare/raws.ts'
import { parseRecipe } from '../trainer/recipe.ts'
import { readArguments, required, seeHelp } from './arguments.ts'
import { readData } from './data.ts'
import { readText } from './files.ts'
import { type Command, misuse, progressTo } from './io.ts'
import { textTable } from './tables.ts'

const help = `nearside drift: are new rows still like those the model was made for?

Usage: nearside drift <model.json> <new data>… --before <old data> --recipe <recipe.json> [options]

  --before <file>   the rows the model was made for; may be given several times
  --recipe <file>   how both are read
  --strict          major drift is an error
  --json            one JSON object on standard output

The population stability index of each feature and segment, beside the band that chance alone reaches with so many rows.

Example: nearside drift model.json june.csv --before may.csv --recipe recipe.json`

const options = {
  before: { type: 'string', multiple: true },
  recipe: { type: 'string' },
  strict: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

const tell = (drifts: readonly Drift[]): string[] =>
  textTable([
    ['', 'PSI', 'chance', 'verdict'],
    ...drifts.map(({ of, name, psi, band, verdict }) => [`${of} ${name}`, psi.toFixed(4), band.toFixed(4), verdict]),
  ])

export const driftCommand: Command = {
  summary: 'compare new data with those a model was made for',
  help,
  run: async (args, io) => {
    const { values, positionals } = readArguments('drift', args, options)
    const [path, ...data] = positionals
    if (!path || !data.length) throw misuse('a model and new data are wanted', seeHelp('drift'))
    const before = required(values.before, '--before', 'drift')
    const at = required(values.recipe, '--recipe', 'drift')
    const model = parseModel(readText(path), path)
    const it =
      centroidsOf(model) ?? fault(path, 'no segmentation by centroids', 'Give a model that nearside train made')
    const recipe = parseRecipe(readText(at), at)
    const rows = async (paths: readonly string[]) =>
      seenBy(model, it, rawsFor(model, recipe, (await readData(recipe, paths, progressTo(io, 'drift'))).table))
    const drifts = driftOf(model, it, await rows(before), await rows(data), recipe.seed)
    io.out(values.json ? JSON.stringify({ drifts }) : tell(drifts).join('\n'))
    const major = drifts.filter(({ verdict }) => verdict === 'major').map(({ name }) => name)
    if (values.strict && major.length) fault(data.join(', '), `major drift in ${major.join(', ')}`, 'Train again')
  },
}
