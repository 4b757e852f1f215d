// What a visitor changes on an open site by the extension, asked as its screens ask, seen from the site's own page.
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { AccessDocument } from '../../core/access.ts'
import { parseConfig } from '../../core/config.ts'
import type { Grants } from '../../core/consent.ts'
import type { Event } from '../../core/ledger.ts'
import { dpvReceipt, kantaraReceipt, recordOf } from '../../core/receipt.ts'
import type { SegmentId } from '../../core/segmentation.ts'
import { type Changed, switched } from '../../extension/request.ts'
import type { Sight } from '../../extension/sight.ts'
import type { SdkSite } from '../harness/sdk-site.ts'
import { ask, change, enter, exported, inPage, lookIn, segment, startAskingShop } from './extension-ask.ts'
import { launchVisitor, storageOf, type Visitor } from './extension-popup.ts'

type Granted = Extract<Sight, { seen: 'granted' }>

const grantedIn = ({ sight }: Pick<Changed, 'sight'>): Granted => {
  if (sight.seen !== 'granted') throw new Error(`seen: ${sight.seen}`)
  return sight
}

const keptIn = (it: Pick<Changed, 'sight'>): AccessDocument => grantedIn(it).kept as AccessDocument

const last = ({ ledger }: AccessDocument, type: Event['type']): Event | undefined =>
  [...ledger].reverse().find(({ event }) => event.type === type)?.event

/** All but when it was made. */
const told = (it: AccessDocument | null | undefined) => it && { ...it, made: 0 }

describe('on an open site the extension', () => {
  let visitor: Visitor
  let shop: SdkSite
  let tab: Page
  let popup: Page
  const on = (what: Parameters<typeof change>[1]): Promise<Changed> => change(popup, what, shop.origin)

  /** Once the page has come to rest. */
  const agree = (): Promise<void> =>
    vi.waitFor(async () => {
      expect(told(keptIn({ sight: await lookIn(popup) }))).toEqual(told(await exported(tab)))
    }, 5000)

  beforeAll(async () => {
    visitor = await launchVisitor()
    shop = await startAskingShop()
    tab = await visitor.browser.newPage()
    await enter(tab, `${shop.origin}/`)
    await inPage(tab, nearside => nearside.signal('view_item', {}))
    await inPage(tab, nearside => nearside.signal('add_to_cart', {}))
    await inPage(tab, nearside => nearside.signal('answer', { question: 'for', answer: 'gift' }))
    await segment(tab, 'gift', 'c1')
    popup = await visitor.open(tab)
  })
  afterAll(async () => {
    await visitor?.close()
    await shop?.close()
  })

  it('sees what the site’s own exportData() tells, and makes the same receipts of it', async () => {
    await agree()
    const { kept, config } = grantedIn({ sight: await lookIn(popup) })
    const own = (await exported(tab)) as AccessDocument
    const [record, theirs] = [recordOf(kept as AccessDocument), recordOf(own)]
    if (!record || !theirs || !config) throw new Error('there is no record')
    const served = parseConfig(shop.config)
    for (const receipt of [dpvReceipt, kantaraReceipt])
      expect(receipt(config, record, shop.origin)).toEqual(receipt(served, theirs, shop.origin))
  })

  it('turns the switch of a pair: the page goes on with the rest, and the ledger says who decided', async () => {
    const before = grantedIn({ sight: await lookIn(popup) })
    const { config, decision } = before
    if (!config) throw new Error('no config')
    const grants = switched(decision.grants, config, { purpose: 'measurement', category: 'browsing', on: false })
    const changed = await on({ ask: 'decide', seq: decision.seq, grants })
    expect(changed.refused).toBeUndefined()
    expect(grantedIn(changed).decision).toMatchObject({ seq: decision.seq + 1, grants })
    await expect.poll(() => inPage(tab, nearside => nearside.consent()?.granted)).toEqual(grants)
    await segment(tab, 'basket', 'b1')
    const own = (await exported(tab)) as AccessDocument
    expect(last(own, 'decision')).toMatchObject({ means: 'extension', grants, seq: decision.seq + 1 })
    expect(own.decision?.recipients).toEqual(before.kept?.decision?.recipients)
  })

  it('turns the switch of a category: what was noted of it is gone, and comes back with none of the past', async () => {
    const { decision, config } = grantedIn({ sight: await lookIn(popup) })
    const off = switched(decision.grants, config as never, { category: 'shopping', on: false })
    const changed = await on({ ask: 'decide', seq: decision.seq, grants: off })
    expect(keptIn(changed).signals.map(({ kind }) => kind)).not.toContain('add_to_cart')
    await tab.waitForFunction(
      () => !Object.hasOwn((window as never as { nearside: { segments(): object } }).nearside.segments(), 'basket'),
    )
    const outdated = await on({ ask: 'decide', seq: decision.seq, grants: decision.grants })
    expect([outdated.refused, outdated.count]).toEqual(['outdated', 0])
    const again = await on({
      ask: 'decide',
      seq: decision.seq + 1,
      grants: switched(off, config as never, { category: 'shopping', on: true }),
    })
    expect(again.refused).toBeUndefined()
    expect(keptIn(again).signals.map(({ kind }) => kind)).not.toContain('add_to_cart')
    await agree()
  })

  it('grants nothing that the site does not ask for', async () => {
    const { decision } = grantedIn({ sight: await lookIn(popup) })
    const grants: Grants = { ...decision.grants, activation: ['browsing'] }
    expect(await on({ ask: 'decide', seq: decision.seq, grants })).toMatchObject({ refused: 'not-offered', count: 0 })
    expect((await exported(tab))?.decision?.seq).toBe(decision.seq)
  })

  it('pauses every tab, and goes on', async () => {
    const other = await visitor.browser.newPage()
    await other.goto(`${shop.origin}/p/pot`)
    await segment(other, 'gift', 'c1')
    popup = await visitor.open(tab)
    const paused = await on({ ask: 'pause', paused: true })
    expect(grantedIn(paused).decision.paused).toBe(true)
    for (const each of [tab, other]) {
      await expect.poll(() => inPage(each, nearside => nearside.consent()?.paused)).toBe(true)
      expect(await inPage(each, nearside => nearside.segments())).toEqual({})
    }
    expect(keptIn(paused).signals.length).toBeGreaterThan(0)
    const on2 = await on({ ask: 'pause', paused: false })
    expect(grantedIn(on2).decision.paused).toBeUndefined()
    for (const each of [tab, other]) await segment(each, 'gift', 'c1')
    await other.close()
  })

  it('sets right an answer and a segment: every open page hears of it', async () => {
    const kept = keptIn({ sight: await lookIn(popup) })
    const signal = kept.signals.find(({ kind }) => kind === 'answer')
    if (!signal) throw new Error('no answer is kept')
    const removed = await on({ ask: 'correct', correction: { signal, to: null } })
    expect([removed.count, removed.problem]).toEqual([1, undefined])
    expect(keptIn(removed).signals).not.toContainEqual(signal)
    await segment(tab, 'gift', 'c2')

    const is = kept.segments.find(({ segmentation }) => segmentation === 'visit')?.segment as string
    const chosen = is === 'a1' ? 'a2' : 'a1'
    await on({ ask: 'correct', correction: { segmentation: 'visit', segment: chosen as SegmentId } })
    await segment(tab, 'visit', chosen)
    await on({ ask: 'correct', correction: { segmentation: 'visit', segment: null } })
    await segment(tab, 'visit', is)
    const ruled = await on({ ask: 'correct', correction: { segmentation: 'visit', not: is as SegmentId } })
    expect(keptIn(ruled).segments.find(it => it.segmentation === 'visit')?.unassigned).toBe('not-me')
    await segment(tab, 'visit', 'a0')
    await agree()

    const odd = await on({ ask: 'correct', correction: { segmentation: 'visit', segment: 'zz' as SegmentId } })
    expect(odd).toMatchObject({ refused: 'unfit', count: 0, problem: expect.stringContaining('segment') })
  })

  it('deletes by category and by time, last words of closed pages included', async () => {
    await inPage(tab, nearside => nearside.signal('add_to_cart', {}))
    await segment(tab, 'basket', 'b1')
    await tab.evaluate(() => {
      const signals = [
        { kind: 'add_to_cart', at: 1_700_000_000_000 },
        { kind: 'page_view', page: 'home', at: 1_700_000_000_000 },
      ]
      localStorage.setItem('nearside-tail-1', JSON.stringify([{ page: 1, n: 1, signals }]))
    })
    const gone = await on({ ask: 'remove', scope: { category: 'shopping' } })
    expect(gone.count).toBeGreaterThanOrEqual(2)
    expect(keptIn(gone).signals.filter(({ kind }) => kind === 'add_to_cart')).toEqual([])
    expect(grantedIn(gone).tail).toBe(1)
    await segment(tab, 'basket', 'b2')
    expect(last(keptIn(gone), 'deletion') ?? keptIn(gone).folded?.kept.at(-1)?.event).toMatchObject({ why: 'visitor' })
    const all = await on({ ask: 'remove', scope: { from: 0 } })
    expect(keptIn(all).signals).toEqual([])
    expect(grantedIn(all).tail).toBe(0)
    expect(await on({ ask: 'remove', scope: {} })).toMatchObject({ refused: 'unfit', count: 0 })
  })

  it('does nothing on another origin than the visitor was shown, and takes it for no other', async () => {
    const before = await storageOf(tab)
    const elsewhere = shop.origin.replace('localhost', '127.0.0.1')
    expect(await ask(popup, { ask: 'pause', paused: true, origin: elsewhere })).toBeNull()
    expect(await ask(popup, { ask: 'erase', origin: elsewhere })).toBeNull()
    expect(await ask(popup, { ask: 'look', origin: elsewhere })).toBeNull()
    expect(await storageOf(tab)).toEqual(before)
  })

  it('says what is damaged, and where the ledger is not as it was written', async () => {
    const before = keptIn({ sight: await lookIn(popup) })
    expect([before.damaged, before.tampered]).toEqual([undefined, null])
    await tab.evaluate(
      () =>
        new Promise<void>(done => {
          const opening = indexedDB.open('nearside')
          opening.onsuccess = () => {
            const records = opening.result.transaction('records', 'readwrite').objectStore('records')
            records.getAll(IDBKeyRange.bound('ledger/', 'ledger/~')).onsuccess = ({ target }) => {
              const found = (target as IDBRequest<{ key: string; data: Uint8Array }[]>).result.at(-1)
              if (!found) return
              found.data[20] = (found.data[20] as number) ^ 1
              records.put(found).onsuccess = () => done()
              opening.result.close()
            }
          }
        }),
    )
    const after = keptIn({ sight: await lookIn(popup) })
    expect(after.damaged).toEqual({ 'records of ledger': 1 })
    // With it the word for the folded entries before it may be gone.
    expect(after.tampered).toBeGreaterThan(0)
  })

  it('takes everything back with the last switch, and leaves what asks the collector to forget', async () => {
    const { decision } = grantedIn({ sight: await lookIn(popup) })
    const { sight } = await on({ ask: 'decide', seq: decision.seq, grants: {} })
    expect(sight).toMatchObject({ seen: 'refused', remains: { database: false, page: false } })
    expect((await storageOf(tab)).databases).toEqual([])
    expect(await on({ ask: 'pause', paused: true })).toMatchObject({ refused: 'not-granted' })
    const told = new Set(shop.received.map(({ body }) => JSON.parse(body).pseudonym)).size
    expect('remains' in sight && sight.remains.tickets).toBe(told)
    await tab.reload()
    await expect.poll(async () => (await storageOf(tab)).page).toBeNull()
    expect(await shop.counts()).toEqual([])
  })
})
