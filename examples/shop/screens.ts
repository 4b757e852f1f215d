/** `npm start -- --screens`: takes the pictures that the documents show, from the shop as it is. */

import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { launch } from './chromium.ts'
import { findRoot } from './files.ts'
import { startShop } from './serve.ts'
import { until } from './visitors.ts'

/** As wide as a README ever shows it; as high as holds the question and the head of the page it asks on. */
const SIZE = { width: 1280, height: 760 }
/** A page of plain colours: the home page's gradient alone would be a hundred kilobytes. */
const PAGE = '/c/tea'

export const takeScreens = async (): Promise<void> => {
  const folder = join(findRoot(import.meta.dirname), 'docs/screens')
  const browser = await launch()
  const { shop, stop } = await startShop()
  try {
    await mkdir(folder, { recursive: true })
    const page = await browser.newPage()
    await page.setViewport(SIZE)
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }])
    await page.goto(shop + PAGE)
    await until(page, "document.querySelector('#nearside-consent')", 'the question')
    await page.waitForNetworkIdle({ idleTime: 300 })
    const path = join(folder, 'banner.png')
    await page.screenshot({ path })
    console.log(`docs/screens/banner.png: ${(await stat(path)).size} bytes`)
  } finally {
    await browser.close()
    await stop()
  }
}
