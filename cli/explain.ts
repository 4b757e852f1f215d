/** `nearside explain`: which segment a model gives a row, and why, by the code that assigns on a device. */

import { type Assignment, assign } from '../core/assign.ts'
import { smallestChange } from '../core/explain.ts'
import type { FeatureVector } from '../core/feature.ts'
import { type Model, numberOf } from '../core/model.ts'
import { parseModel } from '../core/parse-model.ts'
import { namesIn, type Segmentation } from '../core/segmentation.ts'
import { readArguments, seeHelp } from './arguments.ts'
import { readText } from './files.ts'
import { type Command, misuse } from './io.ts'
import { parseRow } from './row.ts'
import { percent, textTable } from './tables.ts'

const help = `nearside explain: which segment a model gives a row, and why

Usage: nearside explain <model.json> <row> [--json]

  <row>    raw numbers by feature, as signals count them (milliseconds, cents):
           "orders=3,spent=45000" or {"orders": 3, "spent": 45000}; a feature that is left out is not known

Example: nearside explain model.json "days_since_order=12,orders=2,spent=45000"`

const options = { json: { type: 'boolean' } } as const

const labelOf = (it: Segmentation, id: string): string => it.segments.find(each => each.id === id)?.label ?? id

/** Why there is no segment, and of a number that is not known, of which. */
const whyNone = (model: Model, it: Segmentation, raws: FeatureVector, found: Assignment): string => {
  if (found.unassigned !== 'missing-feature') return 'all that it goes by is 0'
  const missing = namesIn(it).filter(name => numberOf(model, raws, name) === undefined)
  return `not known: ${[...new Set(missing)].join(', ')}`
}

const tell = (model: Model, it: Segmentation, raws: FeatureVector, found: Assignment): string[] => {
  const { segment, distance, probability, runnerUp, contributions, unassigned } = found
  const change = smallestChange(model, it, raws)
  const why = contributions.map(({ feature, value, weight }) => [feature, String(value), weight.toFixed(3)])
  return [
    `${it.label}: ${segment} ${labelOf(it, segment)}${unassigned ? ` (${whyNone(model, it, raws, found)})` : ''}`,
    ...(distance !== undefined && runnerUp
      ? [
          `  ${distance.toFixed(3)} from its centre; next ${runnerUp.segment} ${labelOf(it, runnerUp.segment)}, ${runnerUp.distance.toFixed(3)}`,
        ]
      : []),
    ...(probability === undefined ? [] : [`  probability ${percent(probability)}`]),
    ...(why.length ? textTable([['feature', 'value', 'speaks for it'], ...why]) : []),
    ...(change
      ? [
          `  ${change.feature} ${change.to} instead of ${change.from} would make it ${change.segment} ${labelOf(it, change.segment)}`,
        ]
      : []),
  ]
}

export const explainCommand: Command = {
  summary: 'say which segment a row is in, and why',
  help,
  run: async (args, io) => {
    const { values, positionals } = readArguments('explain', args, options)
    const [path, row, ...more] = positionals
    if (!path || row === undefined || more.length) throw misuse('a model and a row are wanted', seeHelp('explain'))
    const model = parseModel(readText(path), path)
    const raws = parseRow(model, row)
    const found = model.segmentations.map(it => ({ it, assignment: assign(model, it, raws) }))
    if (values.json) {
      const told = found.map(({ it, assignment }) => ({
        ...assignment,
        change: smallestChange(model, it, raws) ?? null,
      }))
      return io.out(JSON.stringify({ assignments: told }))
    }
    io.out(found.flatMap(({ it, assignment }) => tell(model, it, raws, assignment)).join('\n'))
  },
}
