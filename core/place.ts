/** Where a question's segments and the visitor stand on its map: a flat picture of more numbers than a picture has room for. */

import { scaled } from './assign.ts'
import { type FeatureVector, transform } from './feature.ts'
import { type Model, numberOf } from './model.ts'
import type { Segmentation } from './segmentation.ts'

/** Along the map's two directions, in scaled units; second upwards. */
export type Place = readonly [number, number]

type Map = readonly (readonly number[])[]

const along = (map: Map, z: readonly number[]): Place => {
  const [x = 0, y = 0] = map.map(axis => axis.reduce((sum, weight, i) => sum + weight * (z[i] as number), 0))
  return [x, y]
}

/** Of each centroid, in the order of the segments after `unassigned`; none where the question has no map. */
export const placesOf = (it: Segmentation): readonly Place[] => {
  const map = it.kind === 'centroids' ? it.map : undefined
  return it.kind === 'centroids' && map ? it.centroids.map(centroid => along(map, centroid)) : []
}

/** Of the visitor; undefined without a map, or where one of the numbers it needs cannot be worked out. */
export const placeOf = (model: Model, it: Segmentation, raws: FeatureVector): Place | undefined => {
  if (it.kind !== 'centroids' || !it.map) return undefined
  const x = it.features.map(name => {
    const spec = model.features.find(each => each.name === name)
    const value = numberOf(model, raws, name)
    return spec && typeof value === 'number' ? transform(spec, value) : Number.NaN
  })
  return x.some(Number.isNaN) ? undefined : along(it.map, scaled(it.scaler, x))
}
