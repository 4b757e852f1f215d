// Noised answers: as likely as is said, alike for the same truth, counted without bias, and never more of them than was allowed.
import { createHmac, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answer, type Budget, NOTHING_SPENT, spentIn } from '../../core/budget.ts'
import { estimateShare, likelihoods, respond } from '../../core/randomised-response.ts'
import type { SegmentId } from '../../core/segmentation.ts'
import { seeded } from '../../trainer/random.ts'
import { count, record, seed } from '../harness/size.ts'
import { runs } from './arbitrary.ts'

const segmentsOf = (d: number): SegmentId[] => Array.from({ length: d }, (_, i) => `s${i}` as SegmentId)

/** 32 bytes as a device's key would make them; the key is drawn from the seed. */
const deviceOf = (key: string) => ({
  mac: async (text: string): Promise<Uint8Array> => new Uint8Array(createHmac('sha256', key).update(text).digest()),
})

/** 32 bytes after 32 bytes: a hundred million devices are too many for a hash each. */
const createBytes = (round: number): (() => Uint8Array) => {
  const random = seeded(seed, round)
  const words = new Uint32Array(8)
  const bytes = new Uint8Array(words.buffer)
  return () => {
    for (let i = 0; i < words.length; i++) words[i] = random() * 2 ** 32
    return bytes
  }
}

/** Devices drawn from a population of the given shares, each answering once. */
const tallied = (shares: readonly number[], devices: number, epsilon: number, round: number): number[] => {
  const segments = segmentsOf(shares.length)
  const counts = shares.map(() => 0)
  const bytes = createBytes(round)
  const random = seeded(seed, round, 1)
  for (let device = 0; device < devices; device++) {
    let [left, i] = [random(), 0]
    while (i < shares.length - 1 && left >= (shares[i] as number)) left -= shares[i++] as number
    const at = segments.indexOf(respond(segments, segments[i] as SegmentId, epsilon, bytes()))
    counts[at] = (counts[at] ?? 0) + 1
  }
  return counts
}

describe('an answer', () => {
  it('tells the truth, or any other segment, as often as epsilon says', () => {
    for (const [epsilon, d] of [
      [0.5, 2],
      [2, 6],
      [3, 8],
    ] as const) {
      const draws = count(200_000, 20_000)
      const shares = [1, ...Array.from({ length: d - 1 }, () => 0)]
      const { truth, other } = likelihoods(epsilon, d)
      expect(truth / other).toBeCloseTo(Math.exp(epsilon), 9)
      expect(truth + (d - 1) * other).toBeCloseTo(1, 12)
      tallied(shares, draws, epsilon, d).forEach((n, i) => {
        const p = i ? other : truth
        // Five standard deviations: by chance alone once in a million draws of the seed.
        expect(Math.abs(n / draws - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / draws))
      })
    }
  })

  it('is one of the segments, whatever the bytes', () => {
    const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 })
    const any = fc.property(bytes, fc.integer({ min: 2, max: 32 }), fc.nat(31), (random, d, i) => {
      const segments = segmentsOf(d)
      expect(segments).toContain(respond(segments, segments[i % d] as SegmentId, 1, random))
    })
    fc.assert(any, runs(100_000, 2000))
  })
})

describe('the estimates of many answers', () => {
  it('are right on average, and their 95 % intervals hold as often', () => {
    const shares = [0.4, 0.25, 0.15, 0.1, 0.07, 0.03]
    const [devices, rounds] = [count(100_000, 2000), count(1000, 60)]
    const epsilon = 2
    const sums = shares.map(() => 0)
    let held = 0
    for (let round = 0; round < rounds; round++) {
      const counts = tallied(shares, devices, epsilon, round)
      shares.forEach((share, i) => {
        const { share: found, within } = estimateShare(counts[i] as number, devices, epsilon, shares.length)
        sums[i] = (sums[i] as number) + found
        if (Math.abs(found - share) <= within) held++
      })
    }
    const coverage = held / (rounds * shares.length)
    // From 94 to 96 %, where there are rounds enough to tell; bias may not hide behind their number: five standard deviations.
    const slack = count(0, 5 * Math.sqrt((0.95 * 0.05) / (rounds * shares.length)))
    expect(Math.abs(coverage - 0.95)).toBeLessThan(0.01 + slack)
    shares.forEach((share, i) => {
      const { within } = estimateShare(devices / 4, devices, epsilon, shares.length)
      expect(Math.abs((sums[i] as number) / rounds - share)).toBeLessThan((5 * within) / 1.96 / Math.sqrt(rounds))
    })
    record(
      `95 % intervals of the counts of ${devices} noised devices that held`,
      coverage * 100,
      '%',
      rounds * shares.length,
    )
  })
})

describe('a budget', () => {
  const asks = fc.array(fc.record({ truth: fc.nat(5), question: fc.nat(2), epsilon: fc.constantFrom(1, 2, 3) }), {
    maxLength: 40,
  })

  it('is never overspent, repeats itself for the same truth, and says when it repeats for want of more', async () => {
    const property = fc.asyncProperty(asks, fc.integer({ min: 1, max: 12 }), fc.string(), async (asked, most, key) => {
      const device = deviceOf(key)
      let budget: Budget = NOTHING_SPENT
      const answered = new Map<string, SegmentId>()
      for (const { truth, question, epsilon } of asked) {
        const segments = segmentsOf(6)
        const ask = { site: 'shop', segmentation: `q${question}`, segments, epsilon, most }
        const name = `${question}|${epsilon}|${truth}`
        const before = spentIn(budget)
        const told = await answer(device, budget, { ...ask, truth: segments[truth] as SegmentId })
        expect(spentIn(told.budget)).toBeLessThanOrEqual(most)
        expect(spentIn(told.budget)).toBe(before + told.cost)
        if (told.stale) expect([told.cost, told.budget]).toEqual([0, budget])
        else {
          // Known already, it costs nothing and is the same; a set in another order is the same question.
          expect(told.cost).toBe(answered.has(name) ? 0 : epsilon)
          expect(answered.get(name) ?? told.segment).toBe(told.segment)
          answered.set(name, told.segment)
          const turned = { ...ask, segments: [...segments].reverse(), truth: segments[truth] as SegmentId }
          expect(await answer(device, told.budget, turned)).toMatchObject({ cost: 0, stale: false })
        }
        budget = told.budget
      }
    })
    await fc.assert(property, runs(5000, 100))
  })

  it('keeps who watches one device for 60 epochs from guessing better than it allows', async () => {
    const [epsilon, most, d] = [2, 8, 6]
    const segments = segmentsOf(d)
    const devices = count(20_000, 1500)
    let guessed = 0
    for (let i = 0; i < devices; i++) {
      const device = deviceOf(`${seed}|${i}`)
      const home = i % d
      let budget = NOTHING_SPENT
      const heard = new Map<SegmentId, number>()
      for (let epoch = 0; epoch < 60; epoch++) {
        // A visitor who sways between two segments, as rules make them.
        const truth = segments[epoch % 3 === 2 ? (home + 1) % d : home] as SegmentId
        const ask = { site: 'shop', segmentation: 'visit', segments, epsilon, truth, most }
        const told = await answer(device, budget, ask)
        budget = told.budget
        heard.set(told.segment, (heard.get(told.segment) ?? 0) + 1)
      }
      const [best] = [...heard].sort((a, b) => b[1] - a[1])[0] as [SegmentId, number]
      if (best === segments[home]) guessed++
    }
    // The best guess of anybody who hears answers that cost 2 x epsilon in all: each of two truths was drawn for once.
    const bound = likelihoods(epsilon, d).truth
    const slack = 5 * Math.sqrt((bound * (1 - bound)) / devices)
    expect(guessed / devices).toBeLessThan(bound + slack)
    record(
      'devices whose segment was guessed from 60 epochs of noised answers',
      (guessed / devices) * 100,
      '%',
      devices,
    )
  })

  it('is not renewed by a model with the same segments, and is paid anew for others', async () => {
    const device = deviceOf(randomBytes(8).toString('hex'))
    const ask = { site: 'shop', segmentation: 'visit', epsilon: 2, most: 8, truth: 's1' as SegmentId }
    const first = await answer(device, NOTHING_SPENT, { ...ask, segments: segmentsOf(4) })
    const retrained = await answer(device, first.budget, { ...ask, segments: segmentsOf(4) })
    expect(retrained).toMatchObject({ segment: first.segment, cost: 0 })
    const changed = await answer(device, retrained.budget, { ...ask, segments: segmentsOf(5) })
    expect(changed.cost).toBe(2)
    expect(spentIn(changed.budget)).toBe(4)
  })
})
