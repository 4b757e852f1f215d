/**
 * K-Means under differential privacy (Blum, Dwork, McSherry & Nissim 2005): each round tells noised counts and noised sums of
 * clusters, and nothing else of the data. Where it starts, how it scales, and how many clusters there are is settled beforehand;
 * the axes of the picture are computed from what was told. So all of it is inside the one budget.
 */

import { squaredDistance } from '../../core/assign.ts'
import type { Random } from '../../core/ports.ts'
import { seeded } from '../random.ts'
import { noiseOf } from './noise.ts'

/** Steps from the middle of a feature's bounds to either end: sums are of whole numbers. */
const STEPS = 1000
/** Starts that are looked at for each one that is taken: the farthest from the others. */
const CANDIDATES = 20

type Points = readonly (readonly number[])[]

/** `k` starts in the box, far apart; the data have no part in it. */
const startsIn = (d: number, k: number, random: Random): number[][] => {
  const drawn = (): number[] => Array.from({ length: d }, () => 2 * random() - 1)
  const starts: number[][] = []
  while (starts.length < k) {
    const apart = (point: readonly number[]): number =>
      Math.min(4 * d, ...starts.map(each => squaredDistance(each, point)))
    const candidates = Array.from({ length: CANDIDATES }, drawn)
    starts.push(candidates.reduce((best, each) => (apart(each) > apart(best) ? each : best)))
  }
  return starts
}

const nearest = (point: readonly number[], centroids: Points): number => {
  let [best, least] = [0, Infinity]
  centroids.forEach((centroid, i) => {
    const square = squaredDistance(point, centroid)
    if (square < least) [best, least] = [i, square]
  })
  return best
}

export interface PrivateMeans {
  readonly centroids: number[][]
  /** Noised, of the last round. */
  readonly counts: number[]
}

export interface PrivateOptions {
  readonly k: number
  readonly epsilon: number
  readonly rounds: number
  /** Settles the starts: it may be known. */
  readonly seed: number
  /** Draws the noise: it may not. */
  readonly noise: Random
}

/**
 * One row more or less changes one count by 1 and the sums of one cluster by at most 1 in each of d features, in units of half a
 * bound's width. Counts are weighed like a sum, so each round's answers change by at most d + 1.
 * @param points n x d, each number from -1 to 1
 */
export const privateMeans = (points: Points, { k, epsilon, rounds, seed, noise }: PrivateOptions): PrivateMeans => {
  const d = points[0]?.length ?? 0
  const whole = points.map(point => point.map(x => Math.floor(x * STEPS + 0.5)))
  const draw = noiseOf(noise, ((d + 1) * STEPS * rounds) / epsilon)
  const random = seeded(seed, k, rounds)
  let centroids = startsIn(d, k, random)
  let counts: number[] = []
  for (let round = 0; round < rounds; round++) {
    const sums = centroids.map(() => new Array<number>(d + 1).fill(0))
    points.forEach((point, i) => {
      const own = sums[nearest(point, centroids)] as number[]
      own[d] = (own[d] as number) + STEPS
      whole[i]?.forEach((x, j) => {
        own[j] = (own[j] as number) + x
      })
    })
    const told = sums.map(each => each.map(x => x + draw()))
    counts = told.map(each => (each[d] as number) / STEPS)
    centroids = told.map((each, c) => meanOf(each, d, centroids[c] as number[]))
    if (round < rounds - 1) centroids = resettled(centroids, counts, random)
  }
  return { centroids, counts: counts.map(count => Math.max(0, Math.floor(count + 0.5))) }
}

const clipped = (x: number): number => Math.min(1, Math.max(-1, x))

/** Below one row by its noised count, a cluster stays where it was. */
const meanOf = (told: readonly number[], d: number, before: number[]): number[] => {
  const count = told[d] as number
  return count < STEPS ? before : told.slice(0, d).map(sum => clipped(sum / count))
}

/** Of the noised counts, a share so small is no cluster: it begins again beside the largest. */
const SMALL = 0.02
const BESIDE = 0.1

const resettled = (centroids: number[][], counts: readonly number[], random: Random): number[][] => {
  const total = counts.reduce((sum, count) => sum + Math.max(0, count), 0)
  const largest = centroids[counts.indexOf(Math.max(...counts))] as number[]
  return centroids.map((centroid, i) =>
    (counts[i] as number) < SMALL * total ? largest.map(x => clipped(x + BESIDE * (2 * random() - 1))) : centroid,
  )
}
