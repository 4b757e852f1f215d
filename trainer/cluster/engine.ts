/** Who does the clustering. Both engines give the same labels from the same starts; one is fast, the other is nobody's own. */

import type { Random } from '../../core/ports.ts'
import type { Loaded } from '../kernels/loaded.ts'
import { reference } from './reference.ts'
import { simd } from './simd.ts'

export interface Fit {
  /** k x d: means of the clusters' points, added in the order of the points. */
  readonly centroids: readonly (readonly number[])[]
  /** The cluster of each point. */
  readonly labels: Int32Array
  /** The sum of squared distances to the own centroid. */
  readonly inertia: number
  readonly iterations: number
}

/** Bound to its points. */
export interface Engine {
  /** k-means++: `k` points to start from; fewer where there are not so many different ones. */
  readonly starts: (k: number, random: Random) => number[][]
  /** Lloyd's iterations until nothing moves. An emptied cluster keeps its old centre. */
  readonly fit: (starts: readonly (readonly number[])[]) => Fit
}

export const ENGINES = ['auto', 'reference', 'simd'] as const
export type EngineName = (typeof ENGINES)[number]

/** Below it either takes a moment, and the reference needs nothing compiled. */
const FEW = 500

export const engineOf = (loaded: Loaded, name: EngineName = 'auto'): Engine =>
  (name === 'auto' ? loaded.n > FEW : name === 'simd') ? simd(loaded) : reference(loaded.source)
