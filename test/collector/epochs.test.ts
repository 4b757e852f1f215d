import { describe, expect, it } from 'vitest'
import { EPOCH_MS, type Epoch } from '../../core/epoch.ts'
import { createWorld, EPOCH, MIDDLE, pseudonym } from './world.ts'

describe('an epoch', () => {
  it('is closed at the end of the next one: the counts stay, the pseudonyms go from the files', async () => {
    const world = createWorld()
    const own = { pseudonym: pseudonym() }
    await world.report(own)
    await world.report()
    const end = (EPOCH + 2) * EPOCH_MS

    await world.tally.closeEpochs(end - 1)
    expect(world.look('SELECT * FROM report')).toHaveLength(2)
    await world.tally.closeEpochs(end)
    expect(world.look('SELECT * FROM report')).toEqual([])
    expect(world.bytes()).not.toContain(own.pseudonym)
    expect(await world.counts()).toEqual({ '0 visit/b2': 2 })
  })

  it('closes with the first write after its end, without being told', async () => {
    const world = createWorld()
    const own = { pseudonym: pseudonym() }
    await world.report(own)
    world.at(MIDDLE + 2 * EPOCH_MS)
    expect((await world.report({ epoch: (EPOCH + 2) as Epoch })).status).toBe(204)
    expect(world.look('SELECT epoch FROM report')).toEqual([{ epoch: EPOCH + 2 }])
    expect(world.bytes()).not.toContain(own.pseudonym)
  })

  it('takes no report once it is closed, and nobody twice though the clock goes back', async () => {
    const world = createWorld()
    const own = { pseudonym: pseudonym() }
    await world.report(own)
    world.at(MIDDLE + 2 * EPOCH_MS)
    expect((await world.report(own)).status).toBe(422)
    await world.tally.closeEpochs(MIDDLE + 2 * EPOCH_MS)
    world.at(MIDDLE)
    expect((await world.report({ ...own, seq: 2 })).status).toBe(422)
    expect(await world.counts()).toEqual({ '0 visit/b2': 1 })
    // A clock that had run ahead does not stop the counting for good.
    expect((await world.report({ epoch: (EPOCH + 1) as Epoch })).status).toBe(422)
    world.at(MIDDLE + EPOCH_MS)
    expect((await world.report({ epoch: (EPOCH + 1) as Epoch })).status).toBe(204)
  })

  it('keeps its counts when an erasure comes too late', async () => {
    const world = createWorld()
    const own = { pseudonym: pseudonym() }
    await world.report(own)
    world.at(MIDDLE + 2 * EPOCH_MS)
    expect((await world.erase(own)).status).toBe(204)
    expect(await world.counts()).toEqual({ '0 visit/b2': 1 })
  })
})
