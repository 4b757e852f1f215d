/** How a recipe asks for clusters. */

import { fault, integer, object, oneOf, optional, type Parser, real } from '../../core/parse.ts'
import { ENGINES, type EngineName } from './engine.ts'

export const METHODS = ['kmeans', 'dbscan', 'ward'] as const
export type Method = (typeof METHODS)[number]

/** Told, or the ends of a range from which five criteria choose. */
export type Clusters = number | { readonly from: number; readonly to: number }

export interface Clustering {
  readonly method: Method
  readonly engine: EngineName
  readonly k: Clusters
  /** Of `dbscan`: neighbours are nearer than this in scaled space; without it, where the curve of distances bends. */
  readonly radius?: number
  /** Of `dbscan`: so many within the radius, itself among them, and a point is in the middle of a cluster. */
  readonly neighbours?: number
}

/** Ids of at most 8 characters leave room for this many clusters and the unassigned. */
export const MOST_CLUSTERS = 63
const DEFAULT_RANGE = { from: 2, to: 10 }

const clusters = integer(2, MOST_CLUSTERS)

const parseClusters: Parser<Clusters> = (value, place) => {
  if (typeof value === 'number') return clusters(value, place)
  const range = object({ from: clusters, to: clusters })(value, place)
  return range.from <= range.to
    ? range
    : fault(place, `from ${range.from} to ${range.to}`, 'Give the lower number first')
}

const above: Parser<number> = (value, place) => {
  const number = real(value, place)
  return number > 0 ? number : fault(place, `found ${number}`, 'Expected a number above 0')
}

/** Fields of a segmentation of kind `centroids`. */
export const clusteringFields = {
  method: optional(oneOf(METHODS)),
  engine: optional(oneOf(ENGINES)),
  k: optional(parseClusters),
  radius: optional(above),
  neighbours: optional(integer(2, 10_000)),
}

type Given = { [Field in keyof Clustering]?: Clustering[Field] | undefined }

/** Fills in what a recipe leaves out. @throws ParseError where a field belongs to another method */
export const clusteringOf = (
  { method = 'kmeans', engine = 'auto', k, radius, neighbours }: Given,
  place: string,
): Clustering => {
  const dense = method === 'dbscan'
  if (dense && k !== undefined) fault(`${place}.k`, 'dbscan finds out how many clusters there are', 'Remove k')
  if (!dense && (radius ?? neighbours) !== undefined)
    fault(`${place}.${radius === undefined ? 'neighbours' : 'radius'}`, `${method} has no use for it`, 'Remove it')
  return {
    method,
    engine,
    k: k ?? DEFAULT_RANGE,
    ...(radius === undefined ? {} : { radius }),
    ...(neighbours === undefined ? {} : { neighbours }),
  }
}

export const ksOf = (k: Clusters): number[] =>
  typeof k === 'number' ? [k] : Array.from({ length: k.to - k.from + 1 }, (_, i) => k.from + i)
