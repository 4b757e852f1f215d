/** The best of many starts, and how many clusters there should be. */

import { fault } from '../../core/parse.ts'
import { type Loaded, load } from '../kernels/loaded.ts'
import { seeded } from '../random.ts'
import { type Choice, choose, type Tried, withElbow } from './choice.ts'
import { calinskiHarabasz, daviesBouldin, sizesOf } from './criteria.ts'
import { type Engine, type EngineName, engineOf, type Fit } from './engine.ts'
import type { Points } from './points.ts'
import { createSilhouette } from './silhouette.ts'
import { createStability } from './stability.ts'

/** Told how much is done, 0 to 1. */
export type Progress = (done: number, what: string) => void

export interface KmeansOptions {
  /** In the order in which they are tried. */
  readonly ks: readonly number[]
  readonly seed: number
  readonly restarts: number
  readonly minimumSize: number
  readonly engine: EngineName
  /** What the recipe calls this, for messages. */
  readonly place: string
}

/**
 * The clustering of least inertia out of `restarts` k-means++ starts.
 * @throws ParseError where there are fewer than `k` different points
 */
export const bestFit = (
  engine: Engine,
  k: number,
  { seed, restarts }: Pick<KmeansOptions, 'seed' | 'restarts'>,
  progress?: (done: number) => void,
): Fit => {
  let best: Fit | undefined
  for (let restart = 0; restart < restarts; restart++) {
    const from = engine.starts(k, seeded(seed, k, restart))
    if (from.length < k)
      fault('k', `${k} clusters of ${from.length} different points`, 'Ask for fewer clusters, or give more data')
    const fit = engine.fit(from)
    if (!best || fit.inertia < best.inertia) best = fit
    progress?.((restart + 1) / restarts)
  }
  return best as Fit
}

/** All figures of a clustering but the elbow, which is one of the whole range. */
export const createJudge = (loaded: Loaded, seed: number, most: number) => {
  const silhouette = createSilhouette(loaded, most)
  return (fit: Fit): Omit<Tried, 'elbow' | 'stability'> => {
    const k = fit.centroids.length
    const { mean, sampled } = silhouette(fit.labels, k, seeded(seed, k, -1))
    return {
      k,
      inertia: fit.inertia,
      silhouette: mean,
      ...(sampled ? { silhouetteInterval: [sampled.low, sampled.high] as const } : {}),
      daviesBouldin: daviesBouldin(loaded.source, fit),
      calinskiHarabasz: calinskiHarabasz(loaded.source, fit),
      smallest: Math.min(...sizesOf(fit.labels, k)),
    }
  }
}

export interface Clustered {
  readonly fit: Fit
  readonly tried: readonly Tried[]
  readonly choice: Choice
}

/**
 * Picks among clusterings of several k.
 * @throws ParseError where no k gives clusters that are large enough
 */
export const pick = (
  fits: readonly Fit[],
  tried: readonly Tried[],
  { minimumSize, place }: Pick<KmeansOptions, 'minimumSize' | 'place'>,
): Clustered => {
  const allowed = tried.filter(({ smallest }) => smallest >= minimumSize)
  if (!allowed.length) {
    const sizes = tried.map(({ k, smallest }) => `${smallest} at k = ${k}`).join(', ')
    const problem = `the smallest cluster has fewer than ${minimumSize} rows (${sizes})`
    fault(`${place}.minimumSize`, problem, 'Ask for fewer clusters (k), or give more data')
  }
  const choice = choose(tried, allowed)
  return { fit: fits[tried.findIndex(({ k }) => k === choice.k)] as Fit, tried, choice }
}

/** Clusters for each k, and picks one of those without a cluster below `minimumSize`. @throws ParseError */
export const kmeans = (points: Points, options: KmeansOptions, progress?: Progress): Clustered => {
  const { ks, seed } = options
  const loaded = load(points)
  const engine = engineOf(loaded, options.engine)
  const judge = createJudge(loaded, seed, Math.max(...ks))
  const stability = createStability(points, seed, options.engine)
  const fits: Fit[] = []
  const tried = ks.map((k, i) => {
    const fit = bestFit(engine, k, options, done => progress?.((i + done * 0.7) / ks.length, `clustering, k = ${k}`))
    fits.push(fit)
    const figures = judge(fit)
    progress?.((i + 0.8) / ks.length, `judging, k = ${k}`)
    return { ...figures, stability: stability(fit, k) }
  })
  return pick(fits, withElbow(tried), options)
}
