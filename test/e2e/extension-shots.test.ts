import type { Page } from 'puppeteer-core'
import { it } from 'vitest'
import { launchVisitor, press, type Visitor } from './extension-popup.ts'
import { startForger, startLittleShop } from './extension-site.ts'

const out = '/tmp/shots'
const shot = async (popup: Page, name: string) => {
  for (const scheme of ['light', 'dark']) {
    await popup.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
    await popup.screenshot({ path: `${out}/${name}-${scheme}.png`, fullPage: true })
  }
}
it('shots', async () => {
  const shop = await startLittleShop()
  const forger = await startForger()
  const visitor: Visitor = await launchVisitor()
  const tab = await visitor.browser.newPage()
  tab.on('console', m => console.log(m.text()))
  const at = async (url: string, name: string, then?: (p: Page) => Promise<void>) => {
    if (url) await tab.goto(url)
    const popup = await visitor.open(tab)
    console.log(name, await popup.evaluate(() => `${innerWidth}x${innerHeight}`))
    if (then) await then(popup)
    await shot(popup, name)
    await popup.close()
  }
  await at(`${forger.origin}/`, 'absent')
  await at('chrome://version', 'blocked')
  await at(`${shop.origin}/`, 'undecided')
  await tab.waitForSelector('[data-nearside=accept]')
  await tab.click('[data-nearside=accept]')
  await tab.waitForFunction(() => localStorage.getItem('nearside'))
  for (let i = 0; i < 4; i++) await tab.goto(`${shop.origin}/product/${i}/`)
  await tab.evaluate(() => {
    const { nearside } = window as any
    nearside.signal('view_item', {}); nearside.signal('view_item', {}); nearside.signal('add_to_cart', {})
  })
  await new Promise(r => setTimeout(r, 2500))
  await at('', 'granted')
  await at('', 'granted-open', async p => { await p.evaluate(() => { for (const d of document.querySelectorAll('details')) d.open = true }) })
  await at('', 'confirm-withdraw', p => press(p, 'ask-withdraw'))
  await at('', 'confirm-erase', p => press(p, 'ask-erase'))
  await at('', 'withdrawn', async p => { await press(p, 'ask-withdraw'); await press(p, 'withdraw') })
  await at('', 'refused')
  await at('', 'confirm-refusal', p => press(p, 'ask-erase'))
  await at('', 'erased', async p => { await press(p, 'ask-erase'); await press(p, 'erase') })
  await tab.goto(`${forger.origin}/forge`)
  await tab.evaluate(() => localStorage.setItem('nearside', '{"v":2,"granted":"<b>all</b>"}'))
  await at('', 'unreadable')
  await tab.evaluate(() => localStorage.removeItem('nearside'))
  await tab.evaluate(() => localStorage.setItem('nearside', JSON.stringify({ v: 1, tickets: [{ url: '/x', ticket: { pseudonym: 'x' }, until: '2027-01-01' }] })))
  await at('', 'tickets')
  await tab.evaluate(() => { localStorage.removeItem('nearside'); return new Promise(r => { const q = indexedDB.open('nearside', 7); q.onsuccess = () => { (window as any).held = q.result; r(null) } }) })
  await at('', 'blocked-erase', async p => { await press(p, 'ask-erase'); await press(p, 'erase') })
  await visitor.close()
  await shop.close()
  await forger.close()
}, 120000)
