// What days do to what is kept, in a simulated browser: no test waits for a midnight.
import { beforeAll, describe, expect, it } from 'vitest'
import { CATEGORIES, type Grants } from '../../core/consent.ts'
import { DAY_MS, dayOf, SECOND_MS } from '../../core/epoch.ts'
import { createDevice } from './device.ts'
import { createDriver } from './driver.ts'
import type { Page } from './page.ts'
import { createReading } from './reading.ts'
import { buildSubject, type Subject } from './subject.ts'
import { createWorld } from './world.ts'

/** A Wednesday in 2027: the next epoch begins at midnight. */
const START = Date.UTC(2027, 2, 10, 12)
const EVERYTHING: Grants = { personalization: CATEGORIES, measurement: CATEGORIES }

let subject: Subject
beforeAll(async () => {
  subject = await buildSubject()
})

/** A visitor who has said yes on a page, and whose browser has come to rest. */
const arrive = async (start = START) => {
  const world = createWorld(1, start)
  const device = createDevice(world, subject)
  const driver = createDriver(device)
  const { stateOf, signalsOn, ledgerOf } = createReading()
  const database = () => device.disks.database() as NonNullable<ReturnType<typeof device.disks.database>>
  const until = async (at: number): Promise<void> => {
    await world.quiet()
    while (world.now() < at) await world.elapse(at - world.now())
    await world.quiet()
  }
  await driver.open(0)
  await driver.grant(0, EVERYTHING)
  await until(start + 10 * SECOND_MS)
  return {
    driver,
    until,
    page: () => device.tabs()[0]?.page as Page,
    close: async () => {
      await driver.close(0)
      await world.quiet()
    },
    broken: device.broken,
    stop: device.server.stop,
    /** The key is renewed three seconds after a page came up; one that was frozen meanwhile does so when it thaws, on a new day. */
    renewAfter: async (midnight: number): Promise<void> => {
      // Paused, nothing is noted.
      void device.tabs()[0]?.page.pause(true)
      await world.quiet()
      await driver.close(0)
      await until(midnight - 5 * SECOND_MS)
      await driver.open(0)
      await world.quiet()
      const page = device.tabs()[0]?.page as Page
      page.realm.frozen = true
      await until(midnight + SECOND_MS)
      page.realm.frozen = false
      await until(midnight + 10 * SECOND_MS)
    },
    key: () => database().head.key,
    days: () => [...new Set(signalsOn(database()).map(({ at }) => dayOf(at)))],
    seen: () => stateOf(database())?.fold.seen,
    entries: () => ledgerOf(database()).flatMap(({ entry }) => entry?.n ?? []),
    events: () => ledgerOf(database()).flatMap(({ entry }) => entry?.event ?? []),
  }
}

describe('a new key on a new day', () => {
  it('does not bring back what goes in the same commit', async () => {
    const visit = await arrive()
    const first = dayOf(START)
    expect(visit.days()).toEqual([first])
    // Browsing is kept for seven days.
    await visit.renewAfter((first + 7) * DAY_MS)
    expect(visit.key()).toBe(2)
    expect(visit.days()).toEqual([])
    expect(visit.events()).toContainEqual(expect.objectContaining({ type: 'deletion', why: 'age' }))
    expect(visit.broken()).toBeUndefined()
    visit.stop()
  })

  it('does not bring back the entries that are folded in the same commit', async () => {
    // At midnight: nothing is kept for longer than ten days.
    const start = dayOf(START) * DAY_MS
    const visit = await arrive(start)
    await visit.renewAfter(start + 10 * DAY_MS)
    expect(visit.key()).toBe(2)
    const fold = visit.events().find(event => event.type === 'fold')
    expect(fold?.to).toBeGreaterThan(1)
    expect(Math.min(...visit.entries())).toBe((fold?.to ?? 0) + 1)
    await visit.driver.rest()
    visit.stop()
  })
})

describe('days on which it was paused', () => {
  it('are not known afterwards, nor is what came before them', async () => {
    const visit = await arrive()
    const today = dayOf(START)
    expect(visit.seen()).toEqual({ all: today })
    void visit.page().pause(true)
    await visit.until(START + 60 * SECOND_MS)
    void visit.page().pause(false)
    await visit.until(START + 120 * SECOND_MS)
    expect(visit.seen()).toEqual({ all: today })
    void visit.page().pause(true)
    await visit.until(START + 3 * DAY_MS)
    void visit.page().pause(false)
    await visit.until(START + 3 * DAY_MS + 10 * SECOND_MS)
    expect(visit.seen()).toEqual({ all: today + 3 })
    expect(visit.broken()).toBeUndefined()
    visit.stop()
  })

  it('delete what grows too old all the same, at midnight, under a page that stays open', async () => {
    const visit = await arrive()
    const today = dayOf(START)
    void visit.page().pause(true)
    await visit.until((today + 7) * DAY_MS - 60 * SECOND_MS)
    expect(visit.days()).toEqual([today])
    await visit.until((today + 7) * DAY_MS + 60 * SECOND_MS)
    expect(visit.days()).toEqual([])
    expect(visit.events()).toContainEqual(expect.objectContaining({ type: 'deletion', why: 'age' }))
    expect(visit.page().nearside.segments()).toEqual({})
    expect(visit.broken()).toBeUndefined()
    visit.stop()
  })

  it('delete what grows too old all the same, when a page comes up', async () => {
    const visit = await arrive()
    const today = dayOf(START)
    void visit.page().pause(true)
    await visit.until(START + 60 * SECOND_MS)
    await visit.close()
    await visit.until(START + 8 * DAY_MS)
    expect(visit.days()).toEqual([today])
    await visit.driver.open(0)
    await visit.until(START + 8 * DAY_MS + 10 * SECOND_MS)
    expect(visit.days()).toEqual([])
    expect(visit.events()).toContainEqual(expect.objectContaining({ type: 'deletion', why: 'age' }))
    expect(visit.broken()).toBeUndefined()
    visit.stop()
  })
})
