// The sequences of the simulation in a real Chromium: what is true of the simulated device is true of the real one.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newVisitor } from '../harness/browser.ts'
import { startSdkSite } from '../harness/sdk-site.ts'
import { count, record, seed } from '../harness/size.ts'
import { createChromiumDriver, siteOptions } from '../simulation/chromium.ts'
import { begin, conclude, type Sequence, script } from '../simulation/run.ts'

const SEQUENCES = count(200, 20)
const STEPS = 10
const PATIENCE_MS = SEQUENCES * 60_000

const runInChromium = async ({ commands, order }: Sequence): Promise<void> => {
  const site = await startSdkSite(siteOptions())
  const visitor = await newVisitor()
  try {
    const driver = await createChromiumDriver(site, visitor)
    await begin(driver, order)
    await fc.asyncModelRun(() => ({ model: { tabs: 1 }, real: driver }), commands)
    await conclude(driver)
  } finally {
    await visitor.close()
    await site.close()
  }
}

describe('real tabs', () => {
  it(
    `keep every promise in ${SEQUENCES} sequences of actions and faults`,
    async () => {
      const property = fc.asyncProperty(script(STEPS), sequence => runInChromium(sequence as Sequence))
      const { failed, counterexample, errorInstance } = await fc.check(property, {
        ...{ seed, numRuns: SEQUENCES, endOnFailure: true },
      })
      expect(failed ? `${(errorInstance as Error).stack} by ${counterexample?.[0].commands}` : 'kept').toBe('kept')
      record('sequences in real tabs in which a promise was broken', 0, 'sequences', SEQUENCES)
    },
    PATIENCE_MS,
  )
})
