// What is promised of a visit, promised once more with the panel's observer in every page.
import { describe, it } from 'vitest'
import { size } from '../harness/size.ts'

/** Read by `newVisitor`; each test file has an environment of its own. */
process.env.NEARSIDE_OBSERVED = '1'

const PROMISES = {
  silence: () => import('./silence.test.ts'),
  'whole-path': () => import('./whole-path.test.ts'),
  withdrawal: () => import('./withdrawal.test.ts'),
  tabs: () => import('./tabs.test.ts'),
  rights: () => import('./rights.test.ts'),
  navigation: () => import('./navigation.test.ts'),
  gpc: () => import('./gpc.test.ts'),
}

// `devtools-parity.test.ts` stands for them in between.
if (size === 'soak') for (const bring of Object.values(PROMISES)) await bring()
else describe.skip('with the panel open', () => it(`${Object.keys(PROMISES).join(', ')}: at soak`, () => {}))
