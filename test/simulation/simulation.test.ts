// Every promise of the device at every commit and every request, in worlds where everything that can go wrong does.
import { beforeAll, describe, expect, it } from 'vitest'
import { estimateShare } from '../../core/randomised-response.ts'
import type { SegmentId } from '../../core/segmentation.ts'
import { count, seed as given, record, size } from '../harness/size.ts'
import type { Drawn } from './reports-check.ts'
import { explain, type Outcome, runCampaign } from './run.ts'
import { buildSubject, type Subject } from './subject.ts'

/** One known set of worlds, replayed to the last event: a change that breaks a promise shows at once. A soak draws new ones. */
const seed = size === 'soak' ? given : 1
const SEQUENCES = count(100_000, 10_000)
/** Actions in a sequence, at most: short ones go wrong as often as long ones, and there is time for more of them. */
const STEPS = 16
const REPLAYED = 100
/** On a machine that has other things to do. */
const PATIENCE_MS = 600_000

let subject: Subject
beforeAll(async () => {
  subject = await buildSubject()
})

/** A 95 % interval is 1.96 deviations wide; five of them are left once in a million seeds. */
const WIDE = 5 / 1.96

/** What a collector would work out of all noised answers, beside what they were drawn for. */
const checkEstimates = (drawn: readonly Drawn[]): void => {
  const [{ among, epsilon }] = drawn as [Drawn]
  expect(drawn.length).toBeGreaterThan(SEQUENCES / 50)
  const shareOf = (which: 'truth' | 'told', id: SegmentId): number =>
    drawn.filter(it => it[which] === id).length / drawn.length
  const held = among.filter(id => {
    const { share, within } = estimateShare(shareOf('told', id) * drawn.length, drawn.length, epsilon, among.length)
    const off = Math.abs(share - shareOf('truth', id))
    expect(off, `${id}: ${share} of ${shareOf('truth', id)}`).toBeLessThan(within * WIDE)
    return off <= within
  })
  expect(drawn.filter(({ truth, told }) => truth !== told).length).toBeGreaterThan(0)
  record(
    'segments whose noised count in the simulation lies within its 95 % interval',
    held.length,
    'segments',
    among.length,
  )
}

describe('the simulated device', () => {
  it(
    `keeps every promise in ${SEQUENCES} sequences of actions and faults, from seed ${seed}`,
    async () => {
      const drawn: Drawn[] = []
      const each = (it: Outcome): number => drawn.push(...it.drawn)
      const found = await runCampaign(subject, { seed, steps: STEPS, devices: SEQUENCES, each })
      expect(found.broken ? explain(found.broken, seed, STEPS) : 'kept').toBe('kept')
      expect(found.runs).toBe(SEQUENCES)
      checkEstimates(drawn)
      record('simulated sequences in which a promise was broken', 0, 'sequences', SEQUENCES)
      record('actions in a simulated sequence, and what follows from each', found.actions / found.runs, 'actions')
      record('events in a simulated sequence', found.events / found.runs, 'events')
    },
    Math.max(PATIENCE_MS, SEQUENCES * 30),
  )

  it(`does the same again, to the last event, in ${REPLAYED} sequences`, async () => {
    const [first, again] = [await digest(), await digest()]
    expect(again).toEqual(first)
    expect(first.events).toBeGreaterThan(REPLAYED * 50)
  })
})

const digest = async () => {
  const digests: number[] = []
  const { events } = await runCampaign(subject, {
    ...{ seed: seed + 1, steps: STEPS, devices: REPLAYED },
    each: outcome => digests.push(outcome.digest),
  })
  return { events, digests }
}
