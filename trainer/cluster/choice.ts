/** How many clusters: five criteria weighed, and the choice told in a sentence that a person can contradict. */

import { bends } from './criteria.ts'

export interface Tried {
  readonly k: number
  readonly inertia: number
  /** Mean silhouette, -1 to 1; with the ends of its interval where it comes from a sample. */
  readonly silhouette: number
  readonly silhouetteInterval?: readonly [number, number]
  readonly daviesBouldin: number
  readonly calinskiHarabasz: number
  /** Of `kmeans`: mean adjusted Rand index with clusterings of resampled halves; 1 where they agree. */
  readonly stability?: number
  /** How far inertia lies below the line between the ends of the range: the largest is the elbow. */
  readonly elbow: number
  /** Points of the smallest cluster. */
  readonly smallest: number
}

/** The silhouette as it is told: with half of its interval where it is from a sample. */
export const silhouetteSaid = ({ silhouette, silhouetteInterval }: Tried): string => {
  const [low, high] = silhouetteInterval ?? [0, 0]
  return silhouetteInterval ? `${silhouette.toFixed(4)} ±${((high - low) / 2).toFixed(4)}` : silhouette.toFixed(4)
}

export interface Choice {
  readonly k: number
  readonly because: string
}

/** Taken from comparisons of validity indices: separation and repeatability say most; the others break ties. */
const CRITERIA = [
  { name: 'silhouette', weight: 0.4, of: (it: Tried) => it.silhouette, digits: 3 },
  { name: 'stability', weight: 0.25, of: (it: Tried) => it.stability ?? 0, digits: 2 },
  { name: 'the elbow', weight: 0.15, of: (it: Tried) => it.elbow },
  { name: 'Davies-Bouldin', weight: 0.1, of: (it: Tried) => -it.daviesBouldin },
  { name: 'Calinski-Harabasz', weight: 0.1, of: (it: Tried) => it.calinskiHarabasz },
] as const

/** From 0 for the worst to 1 for the best; all 0 where they are equal. */
const ranked = (values: readonly number[]): number[] => {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  return values.map(value => (most > least ? (value - least) / (most - least) : 0))
}

/** Fills in `elbow`, which takes the whole range to see. */
export const withElbow = (tried: readonly Omit<Tried, 'elbow'>[]): Tried[] => {
  const bend = bends(
    tried.map(it => it.k),
    tried.map(it => it.inertia),
  )
  return tried.map((it, i) => ({ ...it, elbow: bend[i] as number }))
}

const list = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

/** As good as the best, for a person: the rest of the range is fifty times as far away. */
const AS_GOOD = 0.98

/**
 * @param tried every k of the range
 * @param allowed those that may be chosen, at least one
 */
export const choose = (tried: readonly Tried[], allowed: readonly Tried[]): Choice => {
  const votes = CRITERIA.map(it => ({ ...it, ranks: ranked(allowed.map(it.of)) }))
  const scores = allowed.map((_, i) => votes.reduce((sum, { weight, ranks }) => sum + weight * (ranks[i] as number), 0))
  const at = scores.indexOf(Math.max(...scores))
  const chosen = allowed[at] as Tried
  if (tried.length === 1) return { k: chosen.k, because: `k = ${chosen.k} was told.` }
  const says = (it: (typeof votes)[number]): string =>
    'digits' in it ? `${it.name} (${it.of(chosen).toFixed(it.digits)})` : it.name
  const speaking = votes.filter(({ ranks }) => Math.max(...ranks) > 0)
  const own = speaking.filter(({ ranks }) => (ranks[at] as number) >= AS_GOOD)
  const others = new Map<number, string[]>()
  for (const { name, ranks } of speaking.filter(it => !own.includes(it))) {
    const k = allowed[ranks.indexOf(1)]?.k ?? 0
    others.set(k, [...(others.get(k) ?? []), name])
  }
  const small = tried.filter(it => !allowed.includes(it)).map(it => String(it.k))
  const parts = [
    `k = ${chosen.k} is ${own.length ? `best by ${list(own.map(says))}` : 'the best balance of all criteria'}`,
    ...[...others].map(([k, names]) => `${list(names)} ${names.length > 1 ? 'prefer' : 'prefers'} ${k}`),
    ...(small.length ? [`${list(small)} would leave a cluster too small`] : []),
  ]
  return { k: chosen.k, because: `${parts.join('; ')}.` }
}
