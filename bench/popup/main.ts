/** `npm run bench -- popup`: how long the extension's popup takes, beside an empty one. Writes its section of docs/bench.md. */

import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { arch, availableParallelism, cpus, tmpdir, type } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'puppeteer-core'
import { installed, launch } from '../../examples/shop/chromium.ts'
import { findRoot } from '../../examples/shop/files.ts'
import { startShop } from '../../examples/shop/serve.ts'
import { explorer, stroll, until } from '../../examples/shop/visitors.ts'
import { withSection } from '../section.ts'
import { verdicts } from '../tables.ts'
import { judgePopup, popupSection } from './section.ts'

const ROUNDS = 11
const rounds = Number(/--rounds=(\d+)/.exec(process.argv.join(' '))?.[1] ?? ROUNDS)
const root = findRoot(import.meta.dirname)
const HOST = '#nearside-consent'
const DWELL_MS = 200

/** Notes when the last screen's button is there, in ms since the popup's page began. */
const WATCH = `const seen = () => {
  if (!document.querySelector('footer button')) return requestAnimationFrame(seen)
  globalThis.usable = performance.now()
}
seen()`
const EMPTY =
  '<!doctype html><title>Empty</title><script src="/watch.js"></script><h1>Empty</h1><footer><button>Nothing</button></footer>'

/** A copy of the extension whose popup says when it can be used; with `empty`, one that has nothing to do. */
const watched = async (empty: boolean): Promise<string> => {
  const copy = await mkdtemp(join(tmpdir(), 'nearside-popup-'))
  await cp(join(root, 'dist/extension/chrome'), copy, { recursive: true })
  const page = join(copy, 'popup/popup.html')
  const html = await readFile(page, 'utf8')
  await writeFile(join(copy, 'watch.js'), WATCH)
  await writeFile(page, empty ? EMPTY : html.replace('<head>', '<head><script src="/watch.js"></script>'))
  return copy
}

interface Stand {
  readonly browser: Browser
  /** Clicks the icon over the shop. @returns how long it took, in ms */
  click(): Promise<number>
  readonly tab: Page
}

const startStand = async (extension: string, shop: string): Promise<Stand> => {
  const browser = await launch({ extension })
  const tab = await browser.newPage()
  await tab.goto(`${shop}/`)
  await until(tab, `document.querySelector('${HOST}')`, 'the question')
  await tab.click(`${HOST} [data-nearside=accept]`)
  await stroll(tab, shop, explorer, DWELL_MS)
  return {
    browser,
    tab,
    click: async () => {
      await tab.bringToFront()
      const appears = browser.waitForTarget(target => target.url().endsWith('/popup/popup.html'))
      await (await installed(browser)).triggerAction(tab)
      const popup = await (await appears).asPage()
      await popup.waitForFunction('globalThis.usable')
      const ms = Number(await popup.evaluate('globalThis.usable'))
      await popup.close()
      return ms
    },
  }
}

const copies = [await watched(true), await watched(false)]
const { shop, stop } = await startShop()
const stands = [await startStand(copies[0] ?? '', shop), await startStand(copies[1] ?? '', shop)] as const
try {
  const found = { empty: [] as number[], popup: [] as number[] }
  for (let round = 0; round <= rounds; round++) {
    const [empty, popup] = [await stands[0].click(), await stands[1].click()]
    // The first of each reads the browser's files.
    if (round === 0) continue
    found.empty.push(empty)
    found.popup.push(popup)
  }
  const notes = Number(await stands[1].tab.evaluate('nearside.exportData().then(kept => kept.signals.length)'))
  const figures = { ...found, notes }
  const verdict = judgePopup(figures)
  const limits = verdicts([verdict])
  console.log(JSON.stringify(figures), `\n${limits}`)
  if (rounds >= ROUNDS) {
    const machine = `${availableParallelism()} cores (${cpus()[0]?.model.trim()}), ${type()} ${arch()}, ${await stands[1].browser.version()}`
    const page = join(root, 'docs/bench.md')
    await writeFile(page, withSection(await readFile(page, 'utf8'), popupSection(figures, limits, machine)))
    console.error('bench: the section on the popup in docs/bench.md is written')
  } else console.error(`bench: docs/bench.md stays as it is: it takes ${ROUNDS} rounds`)
  process.exitCode = verdict.holds ? 0 : 1
} finally {
  await Promise.all(stands.map(({ browser }) => browser.close()))
  await stop()
  await Promise.all(copies.map(copy => rm(copy, { recursive: true, force: true, maxRetries: 5 })))
}
