/** `nearside diff`: what changes from one model to the next, and who would move. */

import type { FeatureVector } from '../core/feature.ts'
import { parseModel } from '../core/parse-model.ts'
import { centroidsOf, diffModels, type ModelDiff } from '../trainer/compare/diff.ts'
import { rawsForEach } from '../trainer/compare/raws.ts'
import { diffDocument } from '../trainer/model-card/diff-page.ts'
import { parseRecipe } from '../trainer/recipe.ts'
import { readArguments, required, seeHelp } from './arguments.ts'
import { readData } from './data.ts'
import { readText, writeText } from './files.ts'
import { type Command, misuse, progressTo } from './io.ts'
import { percent, textTable } from './tables.ts'

const help = `nearside diff: what changes from one model to the next

Usage: nearside diff <before.json> <after.json> [--data <file> --recipe <recipe.json>] [--picture <file>] [--json]

  --data <file>     rows to try both models on: who would move; may be given several times
  --recipe <file>   how the data are read
  --picture <file>  where a page with the flow picture goes
  --json            one JSON object on standard output, with the flows of a Sankey picture

Example: nearside diff model.json new.json --data visits.csv --recipe recipe.json`

const options = {
  data: { type: 'string', multiple: true },
  recipe: { type: 'string' },
  picture: { type: 'string' },
  json: { type: 'boolean' },
} as const

const segmentLine = ({ what, before, after, distance }: ModelDiff['segments'][number]): string => {
  const name = (it: typeof before): string => (it ? `${it.id} ${it.label}` : '')
  if (what !== 'kept') return `  ${what}: ${name(before ?? after)}`
  const same = name(before) === name(after)
  return `  kept: ${same ? name(before) : `${name(before)}, now ${name(after)}`} (moved by ${distance})`
}

const questionLine = ({ what, id, label, moved }: ModelDiff['questions'][number]): string =>
  `  ${what}: ${id} ${label}${moved === undefined ? '' : ` (${moved} would be told another segment)`}`

/** A diff as a person reads it before approving it. */
export const tellDiff = (it: ModelDiff): string[] => {
  const list = (title: string, what: readonly string[]): string[] =>
    what.length ? [`${title}: ${what.join(', ')}`] : []
  const { flows } = it
  return [
    `${it.before} to ${it.after}`,
    ...it.segments.map(segmentLine),
    ...(it.questions.length ? ['Questions beside it'] : []),
    ...it.questions.map(questionLine),
    ...list('Devices would also collect', it.collectedMore),
    ...list('Devices would no more collect', it.collectedNoMore),
    ...list('Features added', it.featuresAdded),
    ...list('Features removed', it.featuresRemoved),
    ...(flows
      ? [
          `${flows.moved} of ${flows.rows} would move (${percent(flows.rows ? flows.moved / flows.rows : 0)})`,
          ...textTable([['from', 'to', 'rows'], ...flows.flows.map(({ from, to, rows }) => [from, to, String(rows)])]),
        ]
      : []),
  ]
}

export const diffCommand: Command = {
  summary: 'say what changes between two models, and who would move',
  help,
  run: async (args, io) => {
    const { values, positionals } = readArguments('diff', args, options)
    const [before, after, ...more] = positionals
    if (!before || !after || more.length) throw misuse('two models are wanted', seeHelp('diff'))
    const [a, b] = [parseModel(readText(before), before), parseModel(readText(after), after)]
    const raws = async () => {
      if (!values.data) return undefined
      const path = required(values.recipe, '--recipe', 'diff')
      const recipe = parseRecipe(readText(path), path)
      const progress = progressTo(io, 'diff')
      const { table } = await readData(recipe, values.data, progress)
      progress(0, 'looking who would move')
      return rawsForEach([a, b], recipe, table) as [FeatureVector[], FeatureVector[]]
    }
    const diff = diffModels(a, b, await raws())
    if (values.picture) writeText(values.picture, diffDocument(diff, centroidsOf(a), centroidsOf(b)))
    io.out(values.json ? JSON.stringify(diff) : tellDiff(diff).join('\n'))
  },
}
