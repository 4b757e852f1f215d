// Every promise of the device at every commit and every request, in worlds where everything that can go wrong does.
import { beforeAll, describe, expect, it } from 'vitest'
import { count, seed as drawn, record, size } from '../harness/size.ts'
import { PLANTED } from './planted.ts'
import { explain, findFault, runCampaign } from './run.ts'
import { buildSubject, type Subject } from './subject.ts'

/** One known set of worlds, replayed to the last event: a change that breaks a promise shows at once. A soak draws new ones. */
const seed = size === 'soak' ? drawn : 1
const SEQUENCES = count(100_000, 10_000)
/** Actions in a sequence, at most: short ones go wrong as often as long ones, and there is time for more of them. */
const STEPS = 16
const REPLAYED = 100
/** A check that is missing shows more often in longer ones. */
const PLANTED_STEPS = 40
const PLANTED_SEQUENCES = count(50_000, 10_000)
/** On a machine that has other things to do. */
const PATIENCE_MS = 600_000

let subject: Subject
beforeAll(async () => {
  subject = await buildSubject()
})

describe('the simulated device', () => {
  it(
    `keeps every promise in ${SEQUENCES} sequences of actions and faults`,
    async () => {
      const found = await runCampaign(subject, { seed, steps: STEPS, devices: SEQUENCES })
      expect(found.broken ? explain(found.broken, seed, STEPS) : 'kept').toBe('kept')
      expect(found.runs).toBe(SEQUENCES)
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

describe('a check that is missing is found', () => {
  it.each(PLANTED.filter(({ rare }) => size === 'soak' || !rare))(
    '$name',
    async planted => {
      const broken = await buildSubject([planted])
      const found = await findFault(broken, { seed, steps: PLANTED_STEPS, devices: PLANTED_SEQUENCES })
      expect(found?.promise).toBeTruthy()
    },
    PATIENCE_MS,
  )
})
