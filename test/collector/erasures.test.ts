import { describe, expect, it } from 'vitest'
import { EPOCH_MS, type Epoch } from '../../core/epoch.ts'
import { createWorld, EPOCH, MIDDLE, pseudonym } from './world.ts'

describe('an erasure', () => {
  it('takes the report out of the counts', async () => {
    const world = createWorld()
    const own = { pseudonym: pseudonym() }
    await world.report(own)
    await world.report()
    expect((await world.erase(own)).status).toBe(204)
    expect(await world.counts()).toEqual({ '0 visit/b2': 1 })
  })

  it('is answered the same when there was nothing', async () => {
    const world = createWorld()
    const own = { pseudonym: pseudonym() }
    await world.report(own)
    const seen = async (response: Response) => [response.status, await response.text(), [...response.headers]]
    expect(await seen(await world.erase(own))).toEqual(await seen(await world.erase({ pseudonym: pseudonym() })))
  })

  it('holds against a late report: the device is told that it is gone', async () => {
    const world = createWorld()
    const own = { pseudonym: pseudonym() }
    await world.erase(own)
    const late = await world.report({ ...own, seq: 7 })
    expect(late.status).toBe(410)
    expect(await late.json()).toMatchObject({ type: '/problems#erased' })
    expect(await world.counts()).toEqual({})
  })

  it('reaches every row of the pseudonym, but of this site alone', async () => {
    const world = createWorld()
    const own = { pseudonym: pseudonym() }
    await world.report(own)
    await world.report({ ...own, epoch: (EPOCH - 1) as Epoch })
    await world.report({ ...own, site: 'other' })
    await world.erase(own)
    expect([await world.counts('shop'), await world.counts('other')]).toEqual([{}, { '0 visit/b2': 1 }])
  })

  it('leaves no trace of the pseudonym in the files', async () => {
    const world = createWorld()
    const own = { pseudonym: pseudonym() }
    await world.report(own)
    expect(world.bytes()).toContain(own.pseudonym)
    await world.erase(own)
    expect(world.bytes()).not.toContain(own.pseudonym)
  })

  it('is remembered until no open epoch can hold the pseudonym, and then forgotten', async () => {
    const world = createWorld()
    const own = { pseudonym: pseudonym() }
    await world.erase(own)
    world.at(MIDDLE + 2 * EPOCH_MS)
    // Near its turn a device may have named the epoch after the one of its erasure.
    expect((await world.report({ ...own, epoch: (EPOCH + 1) as Epoch })).status).toBe(410)
    world.at(MIDDLE + 4 * EPOCH_MS)
    await world.tally.closeEpochs(MIDDLE + 4 * EPOCH_MS)
    expect(world.look('SELECT * FROM tombstone')).toEqual([])
  })

  it('for a site that is not counted here deletes what is left of it, and keeps nothing', async () => {
    const world = createWorld({ sites: ['shop'] })
    expect((await world.erase({ site: 'stranger' })).status).toBe(204)
    expect(world.look('SELECT * FROM tombstone')).toEqual([])
  })
})
