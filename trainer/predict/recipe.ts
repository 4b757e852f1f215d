/** The part of a recipe that asks how likely something is: of what, from which features, by which method, in which bands. */

import type { FeatureSpec } from '../../core/feature.ts'
import { parseFeature } from '../../core/feature-spec.ts'
import { fault, integer, list, object, oneOf, optional, type Parser, real, text } from '../../core/parse.ts'
import { checkDisclosed, practice } from '../../core/parse-question.ts'
import type { Use } from '../../core/segmentation.ts'
import { column } from '../terms.ts'
import { words } from '../words.ts'

/** What is to be told: by a column of the row, or by what signals did in the days after those that are learned from. */
export type Outcome =
  | { readonly column: string; readonly is: readonly string[] }
  | { readonly column: string; readonly least: number }
  | {
      readonly days: number
      readonly feature: Omit<FeatureSpec, 'window'>
      readonly least?: number
      readonly most?: number
    }

/** How rows are dealt for trying: by chance, by whose they are, or the later from the earlier. */
export interface FoldRecipe {
  readonly count: number
  /** Rows that agree in this column stay together. */
  readonly group?: string
  /** Numbers, or texts that sort by time. */
  readonly time?: string
}

export interface PropensityRecipe {
  readonly kind: 'propensity'
  readonly id: string
  readonly label: string
  readonly uses: readonly Use[]
  readonly disclosure?: string
  readonly hold?: number
  readonly features: readonly string[]
  readonly outcome: Outcome
  readonly method: 'logistic' | 'boosting' | 'forest'
  readonly folds: FoldRecipe
  /** Probabilities where a band ends; where absent, the likeliest tenth and the fifth below it are bands. */
  readonly bands?: readonly number[]
  readonly ids: string
  readonly unassigned: { readonly label: string; readonly description: string }
  /** The words of each band, the lowest first; empty for those of ours. */
  readonly segments: readonly { readonly label: string; readonly description: string }[]
}

const parseColumn = object({ column, is: optional(list(text(120), 1, 50)), least: optional(real) })

/** The days after stand in the place of a window. */
const parseAhead = object({
  days: integer(1, 400),
  feature: (value: unknown, place: string): FeatureSpec => parseFeature({ window: 1, ...(value as object) }, place),
  least: optional(real),
  most: optional(real),
})

/** Reads what is to be told. @throws ParseError */
export const parseOutcome: Parser<Outcome> = (value, place) => {
  if (Object.hasOwn((value ?? {}) as object, 'days')) {
    const ahead = parseAhead(value, place)
    if ((ahead.least === undefined) === (ahead.most === undefined))
      fault(place, 'both least and most, or neither', 'Say from which number on it happened, or up to which')
    return ahead
  }
  const { is, least, column: name } = parseColumn(value, place)
  if (is && least === undefined) return { column: name, is }
  if (!is && least !== undefined) return { column: name, least }
  return fault(place, 'both is and least, or neither', 'Say by which words it happened, or from which number on')
}

const parseFolds: Parser<FoldRecipe> = (value, place) => {
  const given = object({
    count: optional(integer(2, 20)),
    group: optional(column),
    time: optional(column),
  })(value, place)
  if (given.group && given.time) fault(place, 'both group and time', 'Give one of the two')
  return { count: DEFAULT_FOLDS, ...given }
}

const DEFAULT_FOLDS = 5

const parseShape = object({
  kind: oneOf(['propensity']),
  id: text(16, /^[a-z][a-z0-9-]*$/, 'a short id in lower case'),
  label: words.label,
  ...practice,
  features: list(text(40), 1, 64),
  outcome: parseOutcome,
  method: optional(oneOf(['logistic', 'boosting', 'forest'])),
  folds: optional(parseFolds),
  bands: optional(list(real, 1, 8)),
  ids: optional(text(4, /^[a-z]+$/, 'lower-case letters')),
  unassigned: optional(object(words)),
  segments: optional(list(object(words), 0, 9)),
})

const checkBands = (bands: readonly number[], place: string): void =>
  bands.forEach((bound, i) => {
    if (!(bound > (bands[i - 1] ?? 0) && bound < 1))
      fault(`${place}[${i}]`, `found ${bound}`, 'Give probabilities between 0 and 1, ascending')
  })

/** Where no bounds are told there are three bands. */
const BANDS = 3

/** Reads a segmentation of kind `propensity`. @throws ParseError */
export const parsePropensityRecipe: Parser<PropensityRecipe> = (value, place) => {
  const given = checkDisclosed(parseShape(value, place), place)
  if (given.bands) checkBands(given.bands, `${place}.bands`)
  const bands = given.bands ? given.bands.length + 1 : BANDS
  const { segments = [] } = given
  if (segments.length && segments.length !== bands)
    fault(`${place}.segments`, `${segments.length} names for ${bands} bands`, 'Name each, the lowest first, or none')
  const unassigned = { label: 'Not known yet', description: 'There is not enough to go by yet.' }
  return { method: 'boosting', folds: { count: DEFAULT_FOLDS }, ids: 'p', unassigned, ...given, segments }
}

/** The columns that it reads beside those of the recipe. */
export const outcomeColumns = ({ outcome, folds }: PropensityRecipe): string[] => [
  ...('column' in outcome ? [outcome.column] : []),
  ...[folds.group, folds.time].filter(each => each !== undefined),
]

/** What it takes from the rest of the recipe is there, and what is to be told is not among what tells. */
export const checkPropensity = (
  it: PropensityRecipe,
  { names, columns, asOf }: { names: readonly string[]; columns: readonly string[]; asOf: number | 'last' | undefined },
  place: string,
): void => {
  const known = oneOf(names)
  for (const name of it.features) known(name, `${place}.features (a feature that has numbers)`)
  const { outcome, folds } = it
  const place2 = `${place}.outcome`
  if ('days' in outcome && typeof asOf !== 'number')
    fault(place2, 'days after, of no instant', 'Give signals with an asOf that is an instant')
  if ('column' in outcome && asOf !== undefined)
    fault(place2, 'a column, of rows that are made of many lines', 'Name the days after asOf, and a feature of them')
  if (asOf !== undefined && (folds.group || folds.time))
    fault(`${place}.folds`, 'a column, of rows that are made of many lines', 'Every key is one row: leave it out')
  if ('column' in outcome && columns.includes(outcome.column))
    fault(place2, `${outcome.column} is bound to a feature as well`, 'Nothing tells itself: remove the feature')
}
