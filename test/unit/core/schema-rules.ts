// The rules between fields that JSON Schema has no words for. Each name is a sentence of its schema's description.
import { revised } from '../../../core/config.ts'
import { protectedIn } from '../../../core/sensitive.ts'
import type { Json } from './documents.ts'

type Rule = (document: Json) => boolean
// What the schema has let through has this shape.
interface Predictor {
  center?: number[]
  scale?: number[]
  weights?: number[]
  thresholds?: number[][]
  trees?: number[][]
}
interface Segmentation {
  kind: string
  id: string
  segments: { id: string }[]
  features: string[]
  scaler: { center: number[]; scale: number[] }
  centroids: number[][]
  reach?: number
  map?: number[][]
  rules?: { segment: string; all: { feature: string }[] }[]
  otherwise: string
  typical: number[]
  predictor: Predictor
  bands: number[]
}
interface Config {
  purposes?: string[]
  recipients?: { name: string; purpose: string }[]
  reports?: object
}
type Words = { where?: { [field: string]: string[] } }
interface Spoken {
  features: (Words & { over?: Words })[]
  segmentations: { label: string; segments: { label: string }[] }[]
}
interface Model {
  features: { name: string }[]
  segmentations: Segmentation[]
}

const twice = (names: readonly string[]): boolean => new Set(names).size < names.length
const inModel =
  (broken: (it: Segmentation, model: Model) => boolean): Rule =>
  document => {
    const model = document as unknown as Model
    return model.segmentations.some(it => broken(it, model))
  }

const inPropensity = (broken: (it: Segmentation, predictor: Predictor) => boolean): Rule =>
  inModel(it => it.kind === 'propensity' && broken(it, it.predictor))

const isAscending = (numbers: readonly number[]): boolean =>
  numbers.every((x, i) => i === 0 || x > Number(numbers[i - 1]))

/** What is left of a list once its first tree is taken off; undefined where there is none. Splits are [feature, threshold, low, high]. */
const afterTree = (list: readonly number[], thresholds: readonly number[][]): readonly number[] | undefined => {
  const [feature, value] = list
  if (feature === undefined || value === undefined) return undefined
  if (feature === 0) return list.slice(2)
  if (thresholds[feature - 1]?.[value] === undefined) return undefined
  const high = afterTree(list.slice(2), thresholds)
  return high && afterTree(high, thresholds)
}

const namesIn = (it: Segmentation): string[] =>
  it.rules ? it.rules.flatMap(({ all }) => all.map(({ feature }) => feature)) : it.features

// The longest text of each length that has no pattern of its own, and so may hold any character.
const LONGEST: { [schema: string]: { [name: string]: number } } = {
  config: {
    name: 80,
    contact: 120,
    address: 200,
    phone: 40,
    jurisdiction: 40,
    path: 200,
    url: 400,
    privacy: 400,
    model: 400,
    log: 400,
  },
  model: { label: 60, description: 400, dataset: 200, digest: 80, basis: 400 },
  entry: { recipients: 80, feature: 40, recipient: 400, what: 200, body: 256 },
}

const tooLong = (schema: string, it: Json, name = ''): boolean => {
  if (typeof it === 'string') return it.length > (LONGEST[schema]?.[name] ?? Number.POSITIVE_INFINITY)
  if (Array.isArray(it)) return it.some(each => tooLong(schema, each, name))
  return it !== null && typeof it === 'object' && Object.keys(it).some(key => tooLong(schema, it[key] as Json, key))
}
const purposesIn = (document: Json): string[] => {
  const { purposes, reports } = document as unknown as Config
  return purposes ?? ['personalization', ...(reports ? ['measurement'] : [])]
}
const WIDE = 'A character outside the Basic Multilingual Plane counts as two in every length.'

export const rules: { [schema: string]: { [name: string]: Rule } } = {
  config: {
    [WIDE]: document => tooLong('config', document),
    'The notice is the revision of what bears on consent.': document => {
      try {
        return revised(document as object).notice !== (document as { notice?: string }).notice
      } catch {
        return false
      }
    },
    'Every recipient has a purpose that is asked for, and a name of its own.': document => {
      const { recipients = [] } = document as unknown as Config
      return (
        twice(recipients.map(({ name }) => name)) ||
        recipients.some(({ purpose }) => !purposesIn(document).includes(purpose))
      )
    },
    'Where activation or advertising is asked for, somebody is named to receive it.': document => {
      const { recipients = [] } = document as unknown as Config
      return purposesIn(document).some(
        it => (it === 'activation' || it === 'advertising') && !recipients.some(({ purpose }) => purpose === it),
      )
    },
  },
  entry: { [WIDE]: document => tooLong('entry', document) },
  model: {
    [WIDE]: document => tooLong('model', document),
    'No label, and no word of a filter, touches on health, religion or children.': document => {
      const { features, segmentations } = document as unknown as Spoken
      const words = features.flatMap(({ where, over }) =>
        [where, over?.where].flatMap(it => Object.values(it ?? {}).flat()),
      )
      const labels = segmentations.flatMap(({ label, segments }) => [label, ...segments.map(it => it.label)])
      return [...words, ...labels].some(it => protectedIn(it) !== undefined)
    },
    'There are features and segmentations, or neither, which stops everything.': document => {
      const { features, segmentations } = document as unknown as Model
      return (features.length === 0) !== (segmentations.length === 0)
    },
    'No two features have one name, no two segmentations one id, and no two segments of a segmentation.': document => {
      const model = document as unknown as Model
      const ids = model.segmentations.map(({ segments }) => segments.map(({ id }) => id))
      return [model.features.map(({ name }) => name), model.segmentations.map(({ id }) => id), ...ids].some(twice)
    },
    'Every feature that a segmentation names is among the features.': inModel((it, model) =>
      namesIn(it).some(name => !model.features.some(feature => feature.name === name)),
    ),
    'Center, scale, every centroid and every axis of a map have one number for each feature of their segmentation.':
      inModel(
        it =>
          it.kind === 'centroids' &&
          [it.scaler.center, it.scaler.scale, ...it.centroids, ...(it.map ?? [])].some(
            row => row.length !== it.features.length,
          ),
      ),
    'A segmentation by centroids has one segment more than centroids, and another one where it has a reach.': inModel(
      it => it.kind === 'centroids' && it.segments.length !== it.centroids.length + (it.reach === undefined ? 1 : 2),
    ),
    'Rules name segments of their own segmentation.': inModel(
      it =>
        it.rules !== undefined &&
        [it.otherwise, ...it.rules.map(({ segment }) => segment)].some(
          id => !it.segments.some(segment => segment.id === id),
        ),
    ),
    'Typical, thresholds, weights, center and scale of a propensity have one item for each of its features.':
      inPropensity((it, { center, scale, weights, thresholds }) =>
        [it.typical, center, scale, weights, thresholds].some(each => each && each.length !== it.features.length),
      ),
    'The thresholds of each feature ascend, and so do bands.': inPropensity(
      (it, { thresholds = [] }) => ![it.bands, ...thresholds].every(isAscending),
    ),
    'A propensity has two segments more than bands.': inPropensity(it => it.segments.length !== it.bands.length + 2),
    'Every list of trees is one whole tree, whose splits name features and thresholds that there are.': inPropensity(
      (_, { trees = [], thresholds = [] }) => trees.some(tree => afterTree(tree, thresholds)?.length !== 0),
    ),
    'All segment ids of a model are equally long.': document =>
      new Set(
        (document as unknown as Model).segmentations.flatMap(({ segments }) => segments.map(({ id }) => id.length)),
      ).size > 1,
  },
}

/** The rules of this kind that a document breaks. */
export const brokenRules = (schema: string, document: Json): string[] =>
  Object.entries(rules[schema] ?? {}).flatMap(([name, broken]) => (broken(document) ? [name] : []))
