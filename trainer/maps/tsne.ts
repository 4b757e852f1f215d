/** t-SNE (van der Maaten & Hinton 2008): pulls from the nearest neighbours, pushes from all points, by the kernel. */

import { exp, log } from '../../core/elementary.ts'
import { createKernel } from '../kernels/kernel.ts'
import { type Neighbours, paired, solved } from './neighbours.ts'
import type { Place } from './place.ts'

const PERPLEXITY = 30
export const TSNE_NEIGHBOURS = 3 * PERPLEXITY
const STEPS = 400
/** At first everything is pulled this much harder, so that clusters can pass through each other. */
const EXAGGERATION = 12
const EXAGGERATED = 120
/** Of the first places, which must be near each other. */
const FIRST_DEVIATION = 1e-4
/** So far off that no force reaches it. */
const NOWHERE = 1e15

/** How likely each neighbour is one, for a width at which the neighbours are as many as the perplexity says. */
const likelihoods = ({ m, indices, distances }: Neighbours): Float64Array => {
  const wanted = log(Math.min(PERPLEXITY, m / 3))
  const weights = new Float64Array(indices.length)
  for (let first = 0; first < indices.length; first += m) {
    const squares = distances.subarray(first, first + m).map(x => x * x)
    const least = squares[0] as number
    const of = (narrow: number): Float64Array => squares.map(x => exp((least - x) * narrow))
    // Entropy falls as the width does: by 1 / width it rises with the width.
    const entropy = (width: number): number => {
      const each = of(1 / width)
      const sum = each.reduce((a, b) => a + b, 0)
      return log(sum) + each.reduce((a, p, i) => a + (p * ((squares[i] as number) - least)) / width, 0) / sum
    }
    const each = of(1 / solved(entropy, wanted))
    const sum = each.reduce((a, b) => a + b, 0)
    weights.set(
      each.map(p => p / sum),
      first,
    )
  }
  return weights
}

const deviation = (places: readonly Place[]): number => {
  const mean = places.reduce((sum, [x]) => sum + x, 0) / places.length
  return Math.sqrt(places.reduce((sum, [x]) => sum + (x - mean) * (x - mean), 0) / places.length) || 1
}

/** @param start where points lie at first, at any scale */
export const tsne = (neighbours: Neighbours, start: readonly Place[], progress?: (done: number) => void): Place[] => {
  const n = start.length
  const { from, to, weights } = paired(neighbours, likelihoods(neighbours), (a, b) => (a + b) / (2 * n))
  const kernel = createKernel()
  const padded = Math.ceil(n / 4) * 4
  const [atX, atY, outX, outY] = [0, 0, 0, 0].map(() => kernel.take(4 * padded)) as [number, number, number, number]
  const scale = FIRST_DEVIATION / deviation(start)
  const axes = [0, 1].map(axis => ({
    place: kernel.f32(axis ? atY : atX, padded).fill(NOWHERE),
    push: kernel.f32(axis ? outY : outX, n),
    pull: new Float64Array(n),
    speed: new Float64Array(n),
    gain: new Float64Array(n).fill(1),
  }))
  axes.forEach(({ place }, axis) => {
    start.forEach((each, i) => {
      place[i] = (each[axis] as number) * scale
    })
  })
  const [x, y] = axes as [(typeof axes)[0], (typeof axes)[0]]
  const rate = Math.max(n / EXAGGERATION / 4, 50)

  // The innermost loop: what it reads of objects, it reads once.
  const [xs, ys, pullX, pullY] = [x.place, y.place, x.pull, y.pull]
  const pull = (): void => {
    pullX.fill(0)
    pullY.fill(0)
    for (let p = 0; p < weights.length; p++) {
      const i = from[p] as number
      const j = to[p] as number
      const u = (xs[i] as number) - (xs[j] as number)
      const v = (ys[i] as number) - (ys[j] as number)
      const force = (weights[p] as number) / (1 + u * u + v * v)
      pullX[i] = (pullX[i] as number) + force * u
      pullY[i] = (pullY[i] as number) + force * v
      pullX[j] = (pullX[j] as number) - force * u
      pullY[j] = (pullY[j] as number) - force * v
    }
  }

  for (let step = 0; step < STEPS; step++) {
    const early = step < EXAGGERATED
    pull()
    const mass = kernel.repel(atX, atY, n, outX, outY)
    for (const { place, push, pull: near, speed, gain } of axes) {
      for (let i = 0; i < n; i++) {
        const slope = 4 * ((early ? EXAGGERATION : 1) * (near[i] as number) - (push[i] as number) / mass)
        // Jacobs 1988, as in the authors' own: bolder where the direction stays, more careful where it turns.
        const turned = slope > 0 === (speed[i] as number) > 0
        gain[i] = Math.max(0.01, turned ? (gain[i] as number) * 0.8 : (gain[i] as number) + 0.2)
        speed[i] = (early ? 0.5 : 0.8) * (speed[i] as number) - rate * (gain[i] as number) * slope
        place[i] = (place[i] as number) + (speed[i] as number)
      }
    }
    if (step % 10 === 0) progress?.(step / STEPS)
  }
  return Array.from({ length: n }, (_, i): Place => [x.place[i] as number, y.place[i] as number])
}
