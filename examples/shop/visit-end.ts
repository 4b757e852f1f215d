/** The second half of a visit: looking at what is kept, taking the yes back, and deleting the rest. */

import type { Page } from 'puppeteer-core'
import type { AccessDocument } from '../../core/access.ts'
import { stroll, until } from './visitors.ts'
import { apart, DWELL_MS, erasuresIn, eventually, keptOn, nothing, reportsIn, same, type Walk } from './walk.ts'

const access = (tab: Page): Promise<AccessDocument | null> =>
  tab.evaluate(
    () => (window as { nearside?: { exportData(): Promise<AccessDocument | null> } }).nearside?.exportData() ?? null,
  )

/** What changed from one segment to another, in order of time. */
const pathsOf = ({ ledger }: AccessDocument): { [segmentation: string]: string[] } => {
  const paths: { [segmentation: string]: string[] } = {}
  for (const { event } of ledger) {
    if (event.type === 'segment') paths[event.segmentation] = [...(paths[event.segmentation] ?? []), event.segment]
  }
  return paths
}

const isSettled = (it: AccessDocument | null, walk: Walk): boolean =>
  it !== null &&
  it.waiting.length === 0 &&
  it.segments.every(({ segmentation, segment }) =>
    reportsIn(walk).some(({ report }) => report.segmentation === segmentation && report.segment === segment),
  )

export const inspect = async (walk: Walk, tab: Page): Promise<{ [segmentation: string]: string[] }> => {
  const { timeline, name } = walk
  timeline.step('Looks at what is kept.')
  await eventually(async () => isSettled(await access(tab), walk))
  const it = await access(tab)
  if (!it) throw new Error('Nothing is kept, though the visitor said yes.')
  const popup = await walk.visitor.popup(tab)
  const said = await popup.evaluate(() => document.querySelector('.content')?.textContent ?? '')
  const brief = await popup.evaluate(() =>
    [...document.querySelectorAll('.headline-text > *')].map(it => it.textContent).join('. '),
  )
  await popup.close()
  timeline.note(`The extension says: ${brief}`)
  for (const { segmentation, segment, label } of it.segments) {
    timeline.check(`the extension shows ${name(segmentation, segment)}`, said.includes(label))
  }
  const ledger = it.ledger.flatMap(({ event }) => (event.type === 'report' ? [event.body] : []))
  // One whose answer a closing tab did not hear is sent again, to the byte.
  const wire = [...new Set(reportsIn(walk).map(({ body }) => body))]
  timeline.check(`the ledger names all ${wire.length} reports that left, byte for byte`, same(ledger, wire), ledger)
  timeline.note(`${it.signals.length} notes, ${it.ledger.length} ledger entries; none of them ever left.`)
  timeline.check('no address, title or product is among them', !/olive|tasting|\/p\/|\/c\//.test(JSON.stringify(it)))
  return pathsOf(it)
}

const counted = async ({ collector }: Walk): Promise<number> => {
  const answer = await fetch(`${collector}/v1/sites/fernhollow/counts`)
  const { groups } = (await answer.json()) as { groups: { counts: { count: number }[] }[] }
  return groups.flatMap(({ counts }) => counts).reduce((sum, { count }) => sum + count, 0)
}

export const withdraw = async (walk: Walk, tab: Page): Promise<void> => {
  const { timeline } = walk
  timeline.step('Opens the privacy choices on the site, and says no to everything.')
  await tab.click('.footer [data-privacy-choices]')
  await until(tab, "document.querySelector('#nearside-centre [data-does=choices]')", 'the privacy centre')
  await tab.click('#nearside-centre [data-does=choices]')
  await until(tab, "document.querySelector('#nearside-consent [data-nearside=reject]')", 'the choices')
  await tab.click('#nearside-consent [data-nearside=reject]')
  const pseudonyms = new Set(reportsIn(walk).map(({ report }) => report.pseudonym))
  await eventually(() => erasuresIn(walk).length >= pseudonyms.size)
  await eventually(async () => (await counted(walk)) === 0)
  const left = await counted(walk)
  timeline.check(
    `the collector was asked to forget all ${pseudonyms.size} pseudonyms, and counts nobody`,
    left === 0,
    left,
  )
  const refusal = { ...nothing, keys: ['nearside'] }
  await eventually(async () => same(await keptOn(tab), refusal))
  const before = apart(walk).length
  await stroll(tab, walk.shop, [{ path: '/c/tea' }, { path: '/' }], DWELL_MS)
  const kept = await keptOn(tab)
  timeline.check('all that stays is the refusal', same(kept, refusal), kept)
  timeline.check('and nothing leaves on the pages after', apart(walk).length === before)
}

const press = async (popup: Page, deed: string): Promise<void> => {
  await popup.evaluate(() => document.querySelector('.frame')?.setAttribute('data-old', ''))
  await popup.click(`[data-does="${deed}"]`)
  await until(popup, "!document.querySelector('.frame[data-old]') && document.querySelector('h1')", deed)
}

export const remove = async ({ timeline, visitor }: Walk, tab: Page) => {
  timeline.step('Deletes that as well, with the extension.')
  const popup = await visitor.popup(tab)
  await press(popup, 'ask-erase')
  await press(popup, 'erase')
  const title = await popup.evaluate(() => document.querySelector('h1')?.textContent ?? '')
  await popup.close()
  timeline.check('the extension has looked again', title === 'Verified gone', title)
  const { keys, databases, cookies } = await keptOn(tab)
  timeline.check('nothing is left', same({ keys, databases, cookies }, nothing), { keys, databases, cookies })
  return { storageKeys: keys, databases }
}
