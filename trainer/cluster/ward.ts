/** Hierarchical clustering by Ward's criterion (1963), along chains of nearest neighbours (Murtagh 1983): n x n steps, no more. */

import type { Points } from './points.ts'

/** The n points are 0 to n - 1; the cluster that merge `i` makes is n + i. */
export interface Merge {
  readonly left: number
  readonly right: number
  /** Ward's distance: the root of twice what the merge adds to inertia. */
  readonly height: number
  readonly size: number
}

const distancesOf = ({ n, d, flat }: Points): Float64Array => {
  const distances = new Float64Array((n * (n - 1)) / 2)
  let at = 0
  for (let i = 0; i < n * d; i += d) {
    for (let other = i + d; other < n * d; other += d) {
      let sum = 0
      for (let j = 0; j < d; j++) {
        const difference = (flat[other + j] as number) - (flat[i + j] as number)
        sum += difference * difference
      }
      distances[at++] = Math.sqrt(sum)
    }
  }
  return distances
}

interface Step {
  readonly a: number
  readonly b: number
  readonly height: number
}

/** Merges in the order in which chains find them; each cluster goes by the number of one of its points. */
const chains = (n: number, distances: Float64Array): Step[] => {
  const sizes = new Int32Array(n).fill(1)
  // Clusters that still stand, in order: what is merged away is not looked at again.
  const standing = Int32Array.from({ length: n }, (_, i) => i)
  let left = n
  // Where row i of the upper triangle starts, less i + 1: the place of (i, j), i < j, is row[i] + j.
  const row = Float64Array.from({ length: n }, (_, i) => i * n - (i * (i + 1)) / 2 - i - 1)
  const place = (i: number, j: number): number => (i < j ? (row[i] as number) + j : (row[j] as number) + i)
  const chain: number[] = []
  const steps: Step[] = []
  while (left > 1) {
    if (!chain.length) chain.push(standing[0] as number)
    for (;;) {
      const x = chain.at(-1) as number
      const before = chain.at(-2)
      // Of equally near ones the one before: else a chain could run in a circle.
      let [nearest, least] = before === undefined ? [-1, Infinity] : [before, distances[place(x, before)] as number]
      let s = 0
      // Two loops, as the places of (i, x) lie apart for i below x, and side by side above it.
      for (let i = standing[0] as number; i < x; i = standing[++s] as number) {
        const distance = distances[(row[i] as number) + x] as number
        if (distance < least) [nearest, least] = [i, distance]
      }
      const from = row[x] as number
      for (s++; s < left; s++) {
        const distance = distances[from + (standing[s] as number)] as number
        if (distance < least) [nearest, least] = [standing[s] as number, distance]
      }
      if (nearest !== before) {
        chain.push(nearest)
        continue
      }
      chain.length -= 2
      const [a, b] = x < nearest ? [x, nearest] : [nearest, x]
      steps.push({ a, b, height: least })
      left = merge(a, b, least)
      break
    }
  }
  return steps

  /** Puts `a` into `b`, and b's distances right (Lance & Williams 1967). @returns how many clusters stand */
  function merge(a: number, b: number, apart: number): number {
    const [ofA, ofB] = [sizes[a] as number, sizes[b] as number]
    sizes[b] = ofA + ofB
    let kept = 0
    for (let s = 0; s < left; s++) {
      const i = standing[s] as number
      if (i === a) continue
      standing[kept++] = i
      if (i === b) continue
      const size = sizes[i] as number
      const [toA, toB] = [distances[place(i, a)] as number, distances[place(i, b)] as number]
      const share = 1 / (ofA + ofB + size)
      distances[place(i, b)] = Math.sqrt(
        (size + ofA) * share * toA * toA + (size + ofB) * share * toB * toB - size * share * apart * apart,
      )
    }
    return kept
  }
}

/** @param points n at least 1, and small: it takes n x n / 2 numbers of 8 bytes. @returns n - 1 merges, the lowest first */
export const ward = (points: Points): Merge[] => {
  const { n } = points
  const steps = chains(n, distancesOf(points)).sort((a, b) => a.height - b.height)
  const cluster = Int32Array.from({ length: n }, (_, i) => i)
  const sizes = new Map<number, number>()
  // The point by which a chain called a cluster is always its highest, and what that point belongs to now is the cluster.
  return steps.map(({ a, b, height }, i) => {
    const [one, other] = [cluster[a] as number, cluster[b] as number]
    const size = (sizes.get(one) ?? 1) + (sizes.get(other) ?? 1)
    sizes.set(n + i, size)
    cluster[b] = n + i
    return { left: Math.min(one, other), right: Math.max(one, other), height, size }
  })
}

/** The clusters that stand when all but the last k - 1 merges are made, numbered by their first points. */
export const cut = (merges: readonly Merge[], k: number): Int32Array => {
  const n = merges.length + 1
  const parent = new Int32Array(n + merges.length).fill(-1)
  merges.slice(0, n - k).forEach(({ left, right }, i) => {
    parent[left] = n + i
    parent[right] = n + i
  })
  const numbers = new Map<number, number>()
  return Int32Array.from({ length: n }, (_, i) => {
    let root = i
    while ((parent[root] as number) >= 0) root = parent[root] as number
    if (!numbers.has(root)) numbers.set(root, numbers.size)
    return numbers.get(root) as number
  })
}
