/** `nearside train`: a recipe and a data file to a model. */

import { parseRecipe, type Recipe } from '../trainer/recipe.ts'
import { train } from '../trainer/train.ts'
import { readArguments, required, seeHelp, wholeNumber } from './arguments.ts'
import { clusteringAsked, clusterOptions } from './clusters.ts'
import { readData } from './data.ts'
import { excluding } from './exclude.ts'
import { keepApart, readText, writeText } from './files.ts'
import { type Command, misuse, progressTo } from './io.ts'
import { withNames } from './names.ts'
import { noiseFrom, withEpsilon } from './noise.ts'
import { refuseWarnings } from './strict.ts'
import { jsonSummary, printSummary } from './summary.ts'
import { fileOptions, filesFor } from './trained-files.ts'

const help = `nearside train: learn segments from a site's history

Usage: nearside train <data>… --recipe <recipe.json> --out <model.json> [options]

  <data>            CSV, JSON lines, Parquet or a query (.sql); several where the recipe joins them by a key
  --recipe <file>   what to train, and from which columns (docs/training.md)
  --out <file>      where the model goes
  --card <file>     where the model card goes: one HTML file for whoever answers for the model
  --summary <file>  where all figures go as JSON: nearside drift holds new data against them
  --config <file>   a nearside.json: where the model needs more, its "needs" and notice are written anew
  --seed <number>   instead of the recipe's seed
  --k <4 | 2-10>    how many clusters, or the range to choose from, instead of the recipe's k
  --method <name>   kmeans, dbscan or ward, instead of the recipe's
  --engine <name>   auto, reference (ml-kmeans) or simd: they give the same model
  --exclude <file>  keys of people to leave out, one a line: those who objected, the erased
  --epsilon <number>  noise for differential privacy, instead of the recipe's privacy.epsilon
  --noise <file>    a secret of 16 bytes or more that settles the noise: the same bytes again, for who has it
  --names <file>    the recipe again, with the names of all segments to edit and approve
  --strict          no model where the data check has a warning
  --json            one JSON object on standard output instead of tables

The same command always writes the same bytes.

Example: nearside train visits.csv --recipe recipe.json --out model.json --config nearside.json`

const options = {
  recipe: { type: 'string' },
  ...fileOptions,
  seed: { type: 'string' },
  ...clusterOptions,
  exclude: { type: 'string' },
  names: { type: 'string' },
  epsilon: { type: 'string' },
  noise: { type: 'string' },
  strict: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

const asked = (args: readonly string[]) => {
  const { values, positionals } = readArguments('train', args, options)
  if (!positionals.length) throw misuse('no data file', seeHelp('train'))
  const recipe = required(values.recipe, '--recipe', 'train')
  const out = required(values.out, '--out', 'train')
  return { ...values, seed: wholeNumber(values.seed, '--seed'), data: positionals, recipe, out }
}

const seedOf = (recipe: Recipe, seed: number | undefined): Recipe => (seed === undefined ? recipe : { ...recipe, seed })

export const trainCommand: Command = {
  summary: "learn segments from a site's history",
  help,
  run: async (args, io) => {
    const { data, seed, json, strict, ...paths } = asked(args)
    for (const path of [paths.out, paths.card, paths.summary, paths.names]) keepApart(path, data)
    const told = clusteringAsked(parseRecipe(readText(paths.recipe), paths.recipe), paths)
    const recipe = withEpsilon(excluding(seedOf(told, seed), paths.exclude), paths.epsilon)
    const progress = progressTo(io, 'train')
    const finish = filesFor(recipe, paths, progress)
    const { table, digest } = await readData(recipe, data, progress)
    const trained = train(recipe, table, digest, progress, undefined, noiseFrom(paths.noise, recipe, digest))
    if (strict) refuseWarnings(trained.card.check, table.place)
    const named = paths.names && withNames(readText(paths.recipe), trained.card, paths.recipe)
    const { summary, write } = finish(trained, digest)
    write()
    if (paths.names && named) writeText(paths.names, named)
    io.out(json ? jsonSummary(summary) : printSummary(summary))
  },
}
