/** `nearside drift`: are new rows still like those the model was made for? */

import { existsSync } from 'node:fs'
import type { FeatureVector } from '../core/feature.ts'
import type { Model } from '../core/model.ts'
import { fault } from '../core/parse.ts'
import { parseModel } from '../core/parse-model.ts'
import type { CentroidSegmentation } from '../core/segmentation.ts'
import { baselineOf, numberedIn, parseBaseline, type Seen } from '../trainer/compare/baseline.ts'
import { centroidsOf } from '../trainer/compare/diff.ts'
import { type Drift, driftFrom, seenBy } from '../trainer/compare/drift.ts'
import { rawsFor } from '../trainer/compare/raws.ts'
import { parseRecipe } from '../trainer/recipe.ts'
import { cellsOf, numberIn } from '../trainer/table.ts'
import { readArguments, seeHelp } from './arguments.ts'
import { readData } from './data.ts'
import { readText } from './files.ts'
import { type Command, misuse, progressTo } from './io.ts'
import { readTable } from './table.ts'
import { textTable } from './tables.ts'

const help = `nearside drift: are new rows still like those the model was made for?

Usage: nearside drift <model.json> <new data>… [options]

  --summary <file>  what nearside train wrote by --summary: how the old rows were spread. Where a model.summary.json stands
                    beside model.json, it is taken without asking
  --before <file>   in its place, the old rows themselves; may be given several times
  --recipe <file>   how the rows are read. Without one, a column for each feature, named after it, with raw numbers
  --strict          major drift is an error
  --json            one JSON object on standard output

The population stability index of each feature and segment, beside the band that chance alone reaches with so many rows.

Example: nearside drift model.json june.csv --recipe recipe.json --summary model.summary.json`

const options = {
  summary: { type: 'string' },
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

/** The model's features as columns, without a recipe that would say how they come about. */
const rawsIn = async (model: Model, it: CentroidSegmentation, paths: readonly string[]): Promise<FeatureVector[]> => {
  const wanted = numberedIn(model, it)
  const files = await Promise.all(paths.map(path => readTable(path, wanted)))
  return files.flatMap(({ table }) => {
    const columns = model.features.map(({ name }) =>
      wanted.includes(name) ? cellsOf(table, name, '--recipe, which is left out') : undefined,
    )
    return Array.from({ length: table.rows }, (_, row) =>
      columns.map((cells, i) => {
        const found = cells ? numberIn(cells[row] ?? null) : 'missing'
        if (typeof found === 'string' && found !== 'missing')
          fault(`${table.place}, row ${row + 1}, ${model.features[i]?.name}`, found, 'Give raw numbers, or a --recipe')
        return typeof found === 'number' ? found : null
      }),
    )
  })
}

const besideOf = (path: string): string => path.replace(/(\.json)?$/, '.summary.json')

export const driftCommand: Command = {
  summary: 'compare new data with those a model was made for',
  help,
  run: async (args, io) => {
    const { values, positionals } = readArguments('drift', args, options)
    const [path, ...data] = positionals
    if (!path || !data.length) throw misuse('a model and new data are wanted', seeHelp('drift'))
    const model = parseModel(readText(path), path)
    const it =
      centroidsOf(model) ?? fault(path, 'no segmentation by centroids', 'Give a model that nearside train made')
    const recipe = values.recipe === undefined ? undefined : parseRecipe(readText(values.recipe), values.recipe)
    const rows = async (paths: readonly string[]): Promise<Seen> => {
      if (!recipe) return seenBy(model, it, await rawsIn(model, it, paths))
      const progress = progressTo(io, 'drift')
      const { table } = await readData(recipe, paths, progress)
      progress(0, `looking at ${paths.join(', ')}`)
      return seenBy(model, it, rawsFor(model, recipe, table))
    }
    const told = values.summary ?? (existsSync(besideOf(path)) ? besideOf(path) : undefined)
    const before = values.before
      ? baselineOf(model, it, await rows(values.before))
      : told === undefined
        ? fault(path, 'a model does not say how its rows were spread', 'Give --summary, or the old rows by --before')
        : parseBaseline(readText(told), model, it, told)
    const drifts = driftFrom(model, it, before, await rows(data), recipe?.seed ?? 1)
    io.out(values.json ? JSON.stringify({ drifts }) : tell(drifts).join('\n'))
    const major = drifts.filter(({ verdict }) => verdict === 'major').map(({ name }) => name)
    if (values.strict && major.length) fault(data.join(', '), `major drift in ${major.join(', ')}`, 'Train again')
  },
}
