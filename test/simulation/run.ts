// Runs sequences of actions against the simulated device, each in a world of its own.
import fc from 'fast-check'
import { CATEGORIES, type Grants } from '../../core/consent.ts'
import { MINUTE_MS } from '../../core/epoch.ts'
import { type Driver, sequences } from './actions.ts'
import { createDevice } from './device.ts'
import { createDriver } from './driver.ts'
import type { Drawn } from './reports-check.ts'
import type { Subject } from './subject.ts'
import { createWorld } from './world.ts'

/** A Wednesday in 2027. */
const START = Date.UTC(2027, 2, 10, 12)

export interface Sequence {
  readonly commands: Parameters<typeof fc.asyncModelRun<{ tabs: number }, Driver, false, { tabs: number }>>[1]
  /** Of the world: which answer comes next. */
  readonly order: number
}

export interface Outcome {
  readonly digest: number
  readonly events: number
  readonly trace: readonly string[]
  readonly warnings: readonly string[]
  /** Answers with noise, and the truth behind each. */
  readonly drawn: readonly Drawn[]
}

const EVERYTHING: Grants = { personalization: CATEGORIES, measurement: CATEGORIES }

/** Most visitors say yes before anything else happens: else most sequences would come to nothing. */
export const begin = async (driver: Driver, order: number): Promise<void> => {
  await driver.open(0)
  if (order % 4) await driver.grant(0, EVERYTHING)
}

/** After the last action: what ails heals, and a visitor comes once more. */
export const conclude = async (driver: Driver): Promise<void> => {
  await driver.network('good')
  await driver.disk('full', false)
  await driver.disk('none', false)
  await driver.disk('blocked', false)
  await driver.rest()
  await driver.wait(2 * MINUTE_MS)
  await driver.open(0)
  await driver.rest()
}

/** @throws Broken where a promise was */
export const runSequence = async (
  subject: Subject,
  { commands, order }: Sequence,
  keepTrace = false,
): Promise<Outcome> => {
  const world = createWorld(order, START, keepTrace)
  const device = createDevice(world, subject)
  const driver = createDriver(device)
  // What nobody catches would reach the console of the page, or its error handlers.
  const unheard = (error: unknown): void => device.blame(new Error(`unheard: ${(error as Error)?.stack ?? error}`))
  process.on('unhandledRejection', unheard)
  const warnings = () => device.tabs().flatMap(({ page }) => page.warnings)
  try {
    await begin(driver, order)
    await fc.asyncModelRun(() => ({ model: { tabs: 1 }, real: driver }), commands)
    await conclude(driver)
  } catch (error) {
    if (keepTrace) (error as { trace?: readonly string[] }).trace = world.trace
    throw error
  } finally {
    process.off('unhandledRejection', unheard)
    device.server.stop()
  }
  const { drawn } = device.invariants
  return { digest: world.digest(), events: world.events(), trace: world.trace, warnings: warnings(), drawn }
}

/** Sequences of at most so many actions, and the order in which the world answers. */
export const script = (steps: number) => fc.record({ commands: sequences(steps), order: fc.nat({ max: 2 ** 31 - 1 }) })

export interface Campaign {
  readonly seed: number
  /** Actions in a sequence, at most. */
  readonly steps: number
  /** Sequences. */
  readonly devices: number
  /** Told of each sequence. */
  readonly each?: (outcome: Outcome) => void
}

/** A promise that was broken, and the shortest sequence found that breaks it. */
export interface Breach {
  readonly promise: string
  readonly actions: string
  readonly order: number
  readonly trace: readonly string[]
}

export interface Findings {
  readonly runs: number
  readonly actions: number
  readonly events: number
  /** All that happened, as one number: the same for the same seed. */
  readonly digest: number
  readonly broken?: Breach
}

/** Runs sequences until a promise is broken, and then looks for a shorter one that breaks it. */
export const runCampaign = async (subject: Subject, { seed, steps, devices, each }: Campaign): Promise<Findings> => {
  let [runs, actions, events, digest] = [0, 0, 0, 0]
  const result = await fc.check(
    fc.asyncProperty(script(steps), async ({ commands, order }) => {
      const done = await runSequence(subject, { commands, order } as Sequence)
      runs++
      events += done.events
      digest = (Math.imul(digest, 31) + done.digest) >>> 0
      actions += [...commands].length
      each?.(done)
    }),
    { seed, numRuns: devices, endOnFailure: false },
  )
  const found = { runs, actions, events, digest }
  if (!result.failed || !result.counterexample) return found
  const [{ commands, order }] = result.counterexample
  const error = result.errorInstance as Error
  let trace: readonly string[] = []
  await runSequence(subject, { commands, order } as Sequence, true).catch(again => {
    trace = again.trace
  })
  return {
    ...found,
    broken: {
      promise: error?.message ?? 'interrupted',
      actions: String(commands),
      order,
      trace,
    },
  }
}

const LINES = 60

/** For whoever has to find out why. */
export const explain = ({ promise, actions, order, trace }: Breach, seed: number, steps: number): string =>
  [
    `broken: ${promise}`,
    `by: ${actions.replace(/\s*\/\*.*$/, '')}; order ${order}`,
    `again: npm run simulate -- --seed ${seed} --steps ${steps}`,
    ...trace.slice(-LINES).map(line => `  ${line}`),
  ].join('\n')

/** The first promise that is broken, and after how many sequences; no shorter one is looked for. */
export const findFault = async (
  subject: Subject,
  { seed, steps, devices }: Campaign,
): Promise<{ readonly promise: string; readonly runs: number } | undefined> => {
  let runs = 0
  const property = fc.asyncProperty(script(steps), async sequence => {
    runs++
    await runSequence(subject, sequence as Sequence)
  })
  const { failed, errorInstance } = await fc.check(property, { seed, numRuns: devices, endOnFailure: true })
  return failed ? { promise: (errorInstance as Error).message, runs } : undefined
}
