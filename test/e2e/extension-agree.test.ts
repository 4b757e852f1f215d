// Two reads agree: after whatever a visitor did, what the extension shows is what the site's own SDK tells, and what was counted.
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { AccessDocument } from '../../core/access.ts'
import { CATEGORIES } from '../../core/consent.ts'
import { parseReport, type Report } from '../../core/report.ts'
import type { SegmentId } from '../../core/segmentation.ts'
import { switched } from '../../extension/request.ts'
import type { SdkSite } from '../harness/sdk-site.ts'
import { count, record, seed } from '../harness/size.ts'
import { mulberry } from '../vectors/bits.ts'
import { change, enter, exported, inPage, lookIn, startAskingShop } from './extension-ask.ts'
import { launchVisitor, type Visitor } from './extension-popup.ts'

const SESSIONS = count(20, 3)
const STEPS = 12
const PATHS = ['/', '/p/pot', '/p/cup', '/cart', '/help']

let visitor: Visitor
beforeAll(async () => {
  visitor = await launchVisitor()
})
afterAll(() => visitor?.close())

const told = (it: AccessDocument | null): unknown => it && { ...it, made: 0 }

/** Of the reports that left, those that the collector must be holding: of each pseudonym the last. */
const heldOf = ({ ledger, folded }: AccessDocument): { segmentation: string; segment: string; count: number }[] => {
  const last = new Map<string, Report>()
  for (const { event } of [...(folded?.kept ?? []), ...ledger]) {
    if (event.type !== 'report') continue
    const report = parseReport(event.body)
    const before = last.get(report.pseudonym)
    if (!before || before.seq < report.seq) last.set(report.pseudonym, report)
  }
  return [...last.values()].map(({ segmentation, segment }) => ({ segmentation, segment, count: 1 }))
}

const sorted = <T>(all: readonly T[]): T[] => [...all].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))

const wander = async (tab: Page, shop: SdkSite, pick: (n: number) => number): Promise<void> => {
  const page = [
    async () => void (await tab.goto(`${shop.origin}${PATHS[pick(PATHS.length)]}`)),
    () => inPage(tab, nearside => nearside.signal('view_item', {})),
    () => inPage(tab, nearside => nearside.signal('add_to_cart', {})),
    () => inPage(tab, nearside => nearside.signal('answer', { question: 'for', answer: 'gift' })),
    () => inPage(tab, nearside => nearside.signal('answer', { question: 'for', answer: 'ada@example.com' })),
    () => inPage(tab, nearside => nearside.correct({ segmentation: 'basket', not: 'b2' as SegmentId })),
  ]
  for (let i = 0; i < STEPS; i++) {
    await tab.waitForFunction(() => 'nearside' in window, { polling: 50 })
    await page[pick(page.length)]?.()
  }
}

const meddle = async (popup: Page, origin: string, pick: (n: number) => number): Promise<void> => {
  for (let i = 0; i < 4; i++) {
    const sight = await lookIn(popup)
    if (sight.seen !== 'granted' || !sight.kept || !sight.config) throw new Error(`seen: ${sight.seen}`)
    const { decision, config, kept } = sight
    const category = CATEGORIES[pick(3)] as 'browsing'
    const signal = kept.signals[pick(kept.signals.length)]
    const changes = [
      {
        ask: 'decide',
        seq: decision.seq,
        grants: switched(decision.grants, config, { purpose: 'advertising', category, on: pick(2) > 0 }),
      },
      { ask: 'pause', paused: !decision.paused },
      {
        ask: 'correct',
        correction: { segmentation: 'visit', segment: (['a1', 'a2', null] as const)[pick(3)] as SegmentId },
      },
      ...(signal ? [{ ask: 'correct', correction: { signal, to: null } } as const] : []),
      { ask: 'remove', scope: { category } },
    ] as const
    await change(popup, changes[pick(changes.length)] as (typeof changes)[0], origin)
  }
  await change(popup, { ask: 'pause', paused: false }, origin)
}

it(
  `${SESSIONS} random sessions: what the extension shows equals exportData() and what the collector counted`,
  async () => {
    for (let session = 0; session < SESSIONS; session++) {
      const bits = mulberry(seed * 1000 + session)
      const pick = (n: number): number => bits() % n
      const shop = await startAskingShop()
      const tab = await visitor.browser.newPage()
      await enter(tab, `${shop.origin}/`)
      await wander(tab, shop, pick)
      const popup = await visitor.open(tab)
      await meddle(popup, shop.origin, pick)
      await vi.waitFor(
        async () => {
          const sight = await lookIn(popup)
          const kept = sight.seen === 'granted' ? sight.kept : null
          expect(told(kept), `session ${session}`).toEqual(told(await exported(tab)))
          // What a page went away from is sent again half a minute later: until then nobody knows whether it arrived.
          const open = (kept?.waiting ?? []).map(body => parseReport(body).segmentation)
          const answered = <T extends { segmentation: string }>(all: readonly T[]): T[] =>
            sorted(all.filter(it => !open.includes(it.segmentation)))
          expect(answered(heldOf(kept as AccessDocument))).toEqual(answered(await shop.counts()))
          expect(open.length).toBeLessThan(3)
        },
        { timeout: 15_000, interval: 200 },
      )
      await tab.close()
      await shop.close()
    }
    record(
      'the extension shows what exportData() tells and the collector counted: random sessions',
      SESSIONS,
      '',
      SESSIONS,
    )
  },
  count(600_000, 60_000),
)
