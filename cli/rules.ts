/** `nearside rules`: a recipe's rules, tried on history. */

import { parseRecipe } from '../trainer/recipe.ts'
import { type RulesTried, tryRules } from '../trainer/rules-tried.ts'
import { readArguments, required, seeHelp } from './arguments.ts'
import { readData } from './data.ts'
import { readText } from './files.ts'
import { type Command, misuse, progressTo } from './io.ts'
import { textTable } from './tables.ts'

const help = `nearside rules: try a recipe's rules on history

Usage: nearside rules <data>… --recipe <recipe.json> [--json]

  --recipe <file>   takes lines as signals, and has segmentations of kind rules
  --json            one JSON object on standard output

Every person's signals are played through the fold that devices run: for how many each rule held, how often it began and in
which months, and how long it went on.

Example: nearside rules events.csv --recipe recipe.json`

const options = { recipe: { type: 'string' }, json: { type: 'boolean' } } as const

const UNITS: readonly (readonly [ms: number, unit: string])[] = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
]

const duration = (ms: number): string => {
  const [size, unit] = UNITS.find(([size]) => ms >= size) ?? [1000, 's']
  return `${Number((ms / size).toPrecision(3))} ${unit}`
}

const tell = ({ people, tried, segments }: RulesTried): string[] => [
  tried < people ? `${tried} of ${people} people, drawn by chance` : `${people} people`,
  ...textTable([
    ['segment', 'people', 'times', 'held (quarter, half, most)', 'open'],
    ...segments.map(it => [
      `${it.segment} ${it.label}`,
      `${it.people}`,
      `${it.times}`,
      it.held.map(duration).join(', '),
      `${it.open}`,
    ]),
  ]),
  ...segments.flatMap(({ segment, months }) => {
    const told = Object.entries(months).map(([month, n]) => `${month}: ${n}`)
    return told.length ? [`  ${segment} began ${told.join(', ')}`] : []
  }),
]

export const rulesCommand: Command = {
  summary: "try a recipe's rules on history",
  help,
  run: async (args, io) => {
    const { values, positionals } = readArguments('rules', args, options)
    if (!positionals.length) throw misuse('no data file', seeHelp('rules'))
    const at = required(values.recipe, '--recipe', 'rules')
    const recipe = parseRecipe(readText(at), at)
    const progress = progressTo(io, 'rules')
    const { table } = await readData(recipe, positionals, progress)
    const tried = tryRules(recipe, table, progress)
    io.out(values.json ? JSON.stringify(tried) : tell(tried).join('\n'))
  },
}
