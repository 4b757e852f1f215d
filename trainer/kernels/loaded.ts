/** Points in the kernel's memory: as they are, and in tiles of eight in 32 bits. */

import type { Points } from '../cluster/points.ts'
import { createKernel, type Kernel } from './kernel.ts'

export interface Loaded {
  readonly kernel: Kernel
  readonly source: Points
  readonly n: number
  readonly d: number
  /** n rounded up to whole tiles. */
  readonly padded: number
  /** Addresses. */
  readonly points: number
  readonly tiles: number
  readonly norms: number
}

const TILE = 8

export const load = (source: Points): Loaded => {
  const { n, d, flat } = source
  const kernel = createKernel()
  const padded = Math.ceil(n / TILE) * TILE
  const points = kernel.take(8 * n * d)
  const tiles = kernel.take(4 * padded * d)
  const norms = kernel.take(4 * padded)
  kernel.f64(points, n * d).set(flat)
  kernel.tile(points, n, d, tiles, norms)
  return { kernel, source, n, d, padded, points, tiles, norms }
}

/** Half a unit in the last place of 32 bits, relative. */
export const HALF_ULP = 1 / 16777216
