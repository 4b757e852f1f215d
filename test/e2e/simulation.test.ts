// The sequences of the simulation in a real Chromium: what is true of the simulated device is true of the real one.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newVisitor } from '../harness/browser.ts'
import { startSdkSite } from '../harness/sdk-site.ts'
import { count, seed as drawn, record, size } from '../harness/size.ts'
import { createChromiumDriver, siteOptions } from '../simulation/chromium.ts'
import { begin, conclude, type Sequence, script } from '../simulation/run.ts'

/** As in the simulated world: one known set, and a soak draws new ones. */
const seed = size === 'soak' ? drawn : 1
const SEQUENCES = count(200, 20)
const STEPS = 10
const PATIENCE_MS = SEQUENCES * 60_000
/** Visitors at a time, each with a browser profile, a site and a collector of their own: most of a sequence is waiting. */
const AT_ONCE = 5

const runInChromium = async ({ commands, order }: Sequence): Promise<void> => {
  const site = await startSdkSite(siteOptions())
  const visitor = await newVisitor()
  try {
    const driver = await createChromiumDriver(site, visitor)
    await begin(driver, order)
    await fc.asyncModelRun(() => ({ model: { tabs: 1 }, real: driver }), commands)
    await conclude(driver)
  } catch (error) {
    throw new Error(`by ${commands}; order ${order}`, { cause: error })
  } finally {
    await visitor.close()
    await site.close()
  }
}

describe('real tabs', () => {
  it(
    `keep every promise in ${SEQUENCES} sequences of actions and faults, from seed ${seed}`,
    async () => {
      const together = fc.array(script(STEPS), { minLength: AT_ONCE, maxLength: AT_ONCE })
      const property = fc.asyncProperty(together, async sequences => {
        await Promise.all(sequences.map(it => runInChromium(it as Sequence)))
      })
      const { failed, errorInstance } = await fc.check(property, {
        ...{ seed, numRuns: SEQUENCES / AT_ONCE, endOnFailure: true },
      })
      const { message, cause } = (errorInstance ?? {}) as Error
      expect(failed ? `${(cause as Error)?.stack} ${message}` : 'kept').toBe('kept')
      record('sequences in real tabs in which a promise was broken', 0, 'sequences', SEQUENCES)
    },
    PATIENCE_MS,
  )
})
