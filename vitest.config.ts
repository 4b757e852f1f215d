import { defineConfig } from 'vitest/config'
import { findChromium, findFirefox } from './scripts/browsers.mjs'

// `npx vitest` alone finds what `npm test` has installed. In the environment, so that global set-up sees it as well.
process.env.NEARSIDE_CHROMIUM ??= findChromium()
const firefox = findFirefox()
if (firefox) process.env.NEARSIDE_FIREFOX = firefox

const MINUTE_MS = 60_000
// A soak runs the same bodies at counts that take hours.
const soak = process.env.NEARSIDE_SIZE === 'soak' ? 240 * MINUTE_MS : undefined

/** What is measured in milliseconds, or lives for half a second after its tab is closed: a neighbour would be in the figures. */
const ALONE = ['last-words', 'last-words-firefox', 'withdrawal-latency', 'simulation', 'store-crash'].map(
  name => `test/e2e/${name}.test.ts`,
)

const inBrowser = {
  globalSetup: ['test/harness/global-setup.ts'],
  // As long as a person would wait: a shared machine is slow at times.
  expect: { poll: { timeout: 10_000 } },
  testTimeout: soak ?? 2 * MINUTE_MS,
  hookTimeout: soak ?? 2 * MINUTE_MS,
}

export default defineConfig({
  test: {
    environment: 'node',
    retry: 0,
    projects: [
      {
        test: {
          name: 'rooms',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**'],
          // Left to itself, one fewer than there are processors: on two of them, one after another.
          maxWorkers: 2,
          testTimeout: soak ?? MINUTE_MS,
          hookTimeout: soak ?? MINUTE_MS,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // They wait more than they work: three at a time fill two cores, and no more than that.
        test: {
          ...inBrowser,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          exclude: ALONE,
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...inBrowser,
          name: 'e2e-alone',
          include: ALONE,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
