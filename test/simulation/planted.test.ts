// That the simulation would find a fault: with one check taken out of the real code, a promise is seen to break.
import { describe, expect, it } from 'vitest'
import { count, seed as given, size } from '../harness/size.ts'
import { PLANTED } from './planted.ts'
import { findFault } from './run.ts'
import { buildSubject } from './subject.ts'

const seed = size === 'soak' ? given : 1
/** A check that is missing shows more often in longer ones. */
const STEPS = 40
const SEQUENCES = count(50_000, 10_000)
/** On a machine that has other things to do. */
const PATIENCE_MS = 600_000

describe('a check that is missing is found', () => {
  it.each(PLANTED.filter(({ rare }) => size === 'soak' || !rare))(
    '$name',
    async planted => {
      const found = await findFault(await buildSubject([planted]), { seed, steps: STEPS, devices: SEQUENCES })
      expect(found?.promise).toBeTruthy()
    },
    PATIENCE_MS,
  )
})
