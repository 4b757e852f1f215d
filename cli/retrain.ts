/** `nearside retrain` and `nearside forget`: a model anew, with the ids of what persists, and with a diff to approve. */

import type { FeatureVector } from '../core/feature.ts'
import { fault } from '../core/parse.ts'
import { parseModel } from '../core/parse-model.ts'
import { centroidsOf, diffModels } from '../trainer/compare/diff.ts'
import { rawsForEach } from '../trainer/compare/raws.ts'
import { diffDocument } from '../trainer/model-card/diff-page.ts'
import { parseRecipe, type Recipe } from '../trainer/recipe.ts'
import { train } from '../trainer/train.ts'
import { readArguments, required, seeHelp } from './arguments.ts'
import { clusteringAsked, clusterOptions } from './clusters.ts'
import { readData } from './data.ts'
import { tellDiff } from './diff.ts'
import { excluding } from './exclude.ts'
import { keepApart, readText, writeText } from './files.ts'
import { type Command, type Io, misuse, progressTo } from './io.ts'
import { noiseFrom, withEpsilon } from './noise.ts'
import { refuseWarnings } from './strict.ts'
import { fileOptions, filesFor } from './trained-files.ts'

const shared = `  --recipe <file>    the recipe, as for train
  --out <file>       where the new model goes
  --card <file>      where its model card goes
  --summary <file>   where all its figures go as JSON, for the next nearside drift
  --config <file>    a nearside.json: where the model needs more, its "needs" and notice are written anew
  --picture <file>   where a page with who would move goes: it is there to be looked at before anybody approves
  --k <4 | 2-10>     as for train, like --method, --engine, --epsilon and --noise: where the first training was told so, tell
                     it again
  --yes              approve without being asked
  --strict           no model where the data check has a warning
  --json             the diff, as one JSON object on standard output

A segment that persists keeps its id and its words; one that is new gets an id that nothing was called by. What would change,
and who would move, is told first; no model is written until somebody approves.`

const helpRetrain = `nearside retrain: train a model anew, and keep the ids of segments that persist

Usage: nearside retrain <model.json> <data>… --recipe <recipe.json> --out <new.json> [options]

  --exclude <file>   keys of people to leave out, one a line
${shared}

Example: nearside retrain model.json june.csv --recipe recipe.json --out new.json`

const helpForget = `nearside forget: train a model anew without the people who objected or were erased

Usage: nearside forget <model.json> <data>… --exclude <list.txt> --recipe <recipe.json> --out <new.json> [options]

  --exclude <file>   keys of the people to forget, one a line
${shared}

Example: nearside forget model.json visits.csv --exclude erased.txt --recipe recipe.json --out new.json`

const options = {
  recipe: { type: 'string' },
  ...fileOptions,
  ...clusterOptions,
  exclude: { type: 'string' },
  epsilon: { type: 'string' },
  noise: { type: 'string' },
  picture: { type: 'string' },
  yes: { type: 'boolean' },
  strict: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

const approved = async (io: Io, yes: boolean | undefined): Promise<boolean> => {
  if (yes || !io.ask) return Boolean(yes)
  return /^y(es)?$/i.test((await io.ask('Approve? (yes or no): ')).trim())
}

const again =
  (command: 'retrain' | 'forget') =>
  async (args: readonly string[], io: Io): Promise<void> => {
    const { values, positionals } = readArguments(command, args, options)
    const [path, ...data] = positionals
    if (!path || !data.length) throw misuse('a model and data are wanted', seeHelp(command))
    const [at, out] = [required(values.recipe, '--recipe', command), required(values.out, '--out', command)]
    keepApart(out, data)
    if (command === 'forget') required(values.exclude, '--exclude', command)
    if (!values.yes && !io.ask) throw misuse('nobody to approve it', 'Add --yes')
    const before = parseModel(readText(path), path)
    const told = clusteringAsked(parseRecipe(readText(at), at), values)
    const next: Recipe = { ...told, name: before.name, revision: before.revision + 1 }
    const recipe = withEpsilon(excluding(next, values.exclude), values.epsilon)
    const progress = progressTo(io, command)
    const finish = filesFor(recipe, { ...values, out }, progress)
    const { table, digest } = await readData(recipe, data, progress)
    const noise = noiseFrom(values.noise, recipe, digest)
    const trained = train(recipe, table, digest, progress, centroidsOf(before), noise)
    const { model, card } = trained
    if (values.strict) refuseWarnings(card.check, table.place)
    progress(0, 'looking who would move')
    const raws = rawsForEach([before, model], recipe, table) as [FeatureVector[], FeatureVector[]]
    const diff = diffModels(before, model, raws)
    if (values.picture) writeText(values.picture, diffDocument(diff, centroidsOf(before), centroidsOf(model)))
    const excluded = card.rows.left.find(({ reason }) => reason === 'excluded')?.rows ?? 0
    const asked = recipe.exclude?.size ?? 0
    const people = `${excluded} of ${asked} excluded people were in the data`
    if (values.json) io.out(JSON.stringify({ ...diff, excluded, asked }))
    else io.out([...tellDiff(diff), ...(asked ? [people] : [])].join('\n'))
    if (!(await approved(io, values.yes)))
      fault(out, 'not approved, and not written', 'Approve it, or change the recipe')
    const { summary, write } = finish(trained, digest)
    write()
    if (!values.json) io.out(`Wrote ${summary.files.join(', ')}`)
  }

export const retrainCommand: Command = {
  summary: 'train anew, and keep the ids of segments that persist',
  help: helpRetrain,
  run: again('retrain'),
}

export const forgetCommand: Command = {
  summary: 'train anew without those who objected or were erased',
  help: helpForget,
  run: again('forget'),
}
