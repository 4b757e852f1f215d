/** The recipe: what to train, from which columns, and how its segments are called. The format is told in docs/training.md. */

import { DATE } from '../core/epoch.ts'
import type { FeatureSpec } from '../core/feature.ts'
import { parseFeature } from '../core/feature-spec.ts'
import {
  fault,
  integer,
  list,
  mapOf,
  object,
  oneOf,
  optional,
  type Parser,
  parseJson,
  real,
  text,
} from '../core/parse.ts'
import { checkDisclosed, practice } from '../core/parse-question.ts'
import { parseSegmentation } from '../core/parse-segmentation.ts'
import type { RuleSegmentation, Use } from '../core/segmentation.ts'
import { type Binding, nameOf, parseBinding, specOf } from './binding.ts'
import { type Clustering, clusteringFields, clusteringOf, MOST_CLUSTERS } from './cluster/method.ts'
import { type Outliers, parseOutliers } from './cluster/outliers.ts'
import {
  checkPropensity,
  type Outcome,
  outcomeColumns,
  type PropensityRecipe,
  parseOutcome,
  parsePropensityRecipe,
} from './predict/recipe.ts'
import { type Privacy, parsePrivacy } from './private/recipe.ts'
import { checkNames, checkSources } from './recipe-checks.ts'
import { columnsIn, parseSignalRows, type SignalRows } from './signal-rows.ts'
import { defaultTerms, type Terms, termFields } from './terms.ts'
import { plainly, words } from './words.ts'

/** Rows whose cells in these columns add up to `least` at least and `most` at most. */
export interface Only {
  readonly columns: readonly string[]
  readonly least: number
  readonly most: number
}

/** The words of a segment, and a visit that belongs to it: raw numbers by feature, as signals count them. */
export interface Naming {
  readonly label: string
  readonly description: string
  readonly typical: { readonly [feature: string]: number }
}

export interface CentroidRecipe extends Clustering {
  readonly kind: 'centroids'
  readonly id: string
  readonly label: string
  readonly uses: readonly Use[]
  readonly disclosure?: string
  readonly hold?: number
  readonly features: readonly string[]
  /** What segment ids start with. */
  readonly ids: string
  readonly unassigned: { readonly label: string; readonly description: string }
  readonly segments: readonly Naming[]
  /** Asked for: who is far from every centroid is a segment of their own. */
  readonly outliers?: Outliers
}

export interface Recipe extends Terms {
  /** Where it was read, for messages. */
  readonly place: string
  readonly name: string
  readonly revision: number
  readonly issued: string
  readonly expires: string
  readonly dataset: {
    readonly title: string
    readonly source: string
    readonly licence: string
    readonly basis: string
    /** The day of the notice that told people of it. */
    readonly notice?: string
  }
  readonly seed: number
  /** The share of rows kept from training, 0 to 0.9. */
  readonly test: number
  readonly restarts: number
  readonly minimumSize: number
  /** Columns bound to features; empty where `signals` are. */
  readonly vector: readonly Binding[]
  /** Which rows of a vector train: all conditions hold. */
  readonly only: readonly Only[]
  /** How lines become signals, of which features are folded: those of the first file, and of the others. */
  readonly signals?: SignalRows
  readonly further: readonly SignalRows[]
  /** The features of which every row has a number: those of `vector`, or those that the segmentation takes from signals. */
  readonly bound: readonly FeatureSpec[]
  /** Further features: rules may name them. No column holds them; signals may tell them. */
  readonly features: readonly FeatureSpec[]
  readonly segmentation: CentroidRecipe
  readonly propensities: readonly PropensityRecipe[]
  /** What is told of each segment: how often it happened, and how much oftener than elsewhere. */
  readonly outcome?: Outcome
  /** Differential privacy for everybody in the data. */
  readonly privacy?: Privacy
  readonly rules: readonly RuleSegmentation[]
  /** Keys of those who objected or were erased: no recipe's own, but told to whoever trains. */
  readonly exclude?: ReadonlySet<string>
}

const DEFAULT_SEED = 1
const DEFAULT_TEST_SHARE = 0.2
/** One k-means++ start was over 2 % worse than the best of 20 in most measured cases. */
export const FEWEST_RESTARTS = 20
/** Below this many people, a segment says too much about each. */
const DEFAULT_MINIMUM_SIZE = 50

/** Of a model, of a segmentation: sixteen at most. */
export const NAME = /^[a-z][a-z0-9-]{0,15}$/
const id = text(16, NAME, 'a short id in lower case')
const date = text(10, DATE, 'a date YYYY-MM-DD')
const seed = integer(0, 2 ** 31 - 1)

const parseCentroidRecipe: Parser<CentroidRecipe> = (value, place) => {
  const given = object({
    kind: oneOf(['centroids']),
    id,
    label: words.label,
    ...practice,
    features: list(text(40), 1, 64),
    ...clusteringFields,
    ids: optional(text(4, /^[a-z]+$/, 'lower-case letters')),
    unassigned: optional(object(words)),
    outliers: optional(parseOutliers(words)),
    segments: optional(list(object({ ...words, typical: mapOf(text(40), real) }), 0, MOST_CLUSTERS)),
  })(value, place)
  checkDisclosed(given, place)
  const unassigned = { label: 'Not known yet', description: 'There is not enough to go by yet.' }
  return { ids: 's', unassigned, segments: [], ...given, ...clusteringOf(given, place) }
}

type AnyRecipe = CentroidRecipe | PropensityRecipe | RuleSegmentation

const parseAny: Parser<AnyRecipe> = (value, place) => {
  const kind = (value as { kind?: unknown } | null)?.kind
  if (kind === 'rules') return plainly(parseSegmentation)(value, place) as RuleSegmentation
  return kind === 'propensity' ? parsePropensityRecipe(value, place) : parseCentroidRecipe(value, place)
}

const namesIn = (it: AnyRecipe): readonly string[] =>
  it.kind === 'rules' ? it.rules.flatMap(rule => rule.all.map(condition => condition.feature)) : it.features

const share: Parser<number> = (value, place) => {
  const number = real(value, place)
  return number >= 0 && number <= 0.9 ? number : fault(place, `found ${number}`, 'Expected a share from 0 to 0.9')
}

const parseShape = object({
  name: id,
  revision: integer(1, 9999),
  issued: date,
  expires: date,
  dataset: object({ title: text(80), source: text(80), licence: text(30), basis: text(400), notice: optional(date) }),
  ...termFields,
  outcome: optional(parseOutcome),
  privacy: optional(parsePrivacy),
  seed: optional(seed),
  test: optional(share),
  restarts: optional(integer(FEWEST_RESTARTS, 1000)),
  minimumSize: optional(integer(1, 1e9)),
  vector: optional(list(parseBinding, 1, 64)),
  only: optional(list(object({ columns: list(text(120), 1, 64), least: optional(real), most: optional(real) }), 1, 16)),
  signals: optional(parseSignalRows),
  features: optional(list(parseFeature, 0, 64)),
  segmentations: list(parseAny, 1, 16),
})

/**
 * Reads a recipe from its JSON text, found at `place`; defaults are filled in.
 * @throws ParseError
 */
export const parseRecipe = (json: string, place = 'recipe.json'): Recipe => {
  const { segmentations, signals: files, ...given } = parseShape(parseJson(json, place), place)
  const { vector = [], features = [] } = given
  const [signals, ...further] = files ?? []
  const sources = signals ? { signals, further } : { further }
  const names = checkSources({ ...given, ...sources, vector, features }, place)
  if (given.issued >= given.expires) fault(`${place}.expires`, 'not after issued', 'Choose a later day')
  const found = segmentations.flatMap((it, i) => (it.kind === 'centroids' ? [{ it, i }] : []))
  const [only, second] = found
  if (!only || second) {
    return fault(
      `${place}.segmentations`,
      `${found.length} of kind centroids`,
      'A recipe trains exactly one; the others are propensities and rules',
    )
  }
  checkNames(
    only.it,
    (signals ? features : vector.map(specOf)).map(spec => spec.name),
    `${place}.segmentations[${only.i}]`,
  )
  const ground = {
    names: signals ? names : vector.map(nameOf),
    columns: vector.map(it => it.column),
    asOf: signals?.asOf,
  }
  segmentations.forEach((it, i) => {
    if (it.kind === 'propensity') checkPropensity(it, ground, `${place}.segmentations[${i}]`)
  })
  const told = (spec: FeatureSpec): boolean => Boolean(signals) && only.it.features.includes(spec.name)
  const used = new Set(segmentations.flatMap(namesIn))
  const idle = names.find(name => !used.has(name))
  // A device would collect for it, and for nothing.
  if (idle) fault(`${place}.segmentations`, `none uses the feature ${idle}`, 'Remove the feature, or name it in one')
  return {
    seed: DEFAULT_SEED,
    test: DEFAULT_TEST_SHARE,
    restarts: FEWEST_RESTARTS,
    minimumSize: DEFAULT_MINIMUM_SIZE,
    ...defaultTerms,
    ...given,
    ...sources,
    vector,
    only: (given.only ?? []).map(each => ({ least: -Infinity, most: Infinity, ...each })),
    bound: [...vector.map(specOf), ...features.filter(told)],
    features: features.filter(spec => !told(spec)),
    place,
    segmentation: only.it,
    propensities: segmentations.flatMap(it => (it.kind === 'propensity' ? [it] : [])),
    rules: segmentations.flatMap(it => (it.kind === 'rules' ? [it] : [])),
  }
}

/** The columns of the first file that the recipe reads; of a vector, of whichever file they stand in. */
export const columnsOf = ({ vector, signals, key, leave, propensities, outcome }: Recipe): string[] => {
  const named = [...(key ? [key] : []), ...leave.map(it => it.column), ...propensities.flatMap(outcomeColumns)]
  if (outcome && 'column' in outcome) named.push(outcome.column)
  return signals ? columnsIn(signals) : [...new Set([...vector.map(it => it.column), ...named])]
}

/** The columns that it reads of each file. */
export const columnsOfEach = (recipe: Recipe): string[][] => [columnsOf(recipe), ...recipe.further.map(columnsIn)]
