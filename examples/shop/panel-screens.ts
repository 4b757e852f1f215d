/** Pictures of the DevTools panel: every view, by day and by night, over the recorded session. */

import type { Page } from 'puppeteer-core'
import { launch } from './chromium.ts'
import type { Take } from './extension-screens.ts'
import { until } from './visitors.ts'

/** As tall as DevTools that are pulled up. */
const SIZE = { width: 1280, height: 760 }

/** By what is there once each is drawn. */
const VIEWS = {
  stream: '.dt-row[data-what=segments]',
  now: '.dt-segmentation',
  'what-if': '#if-expired-yes',
  wire: '.dt-verdict-seen',
  health: '.dt-finding',
  session: '.dt-holds',
}
/** Best seen once something was chosen. */
const CHOSEN: readonly string[] = ['stream', 'what-if']

const takeViews = async (page: Page, shop: string, scheme: string, take: Take): Promise<void> => {
  await page.goto(`${shop}/panel/`)
  await until(page, `document.querySelector('.dt-row')`, 'the panel')
  await page.evaluate(`document.querySelector('#choice').remove()`)
  await page.type('#filter', 'segmentation:visit')
  await until(page, `document.querySelector('.dt-told').textContent.includes(' of ')`, 'fewer rows')
  for (const [view, shows] of Object.entries(VIEWS)) {
    await page.click(`#tab-${view}`)
    await until(page, `document.querySelector('${shows}')`, view)
    if (CHOSEN.includes(view)) await page.evaluate(`[...document.querySelectorAll('${shows}')].at(-1).click()`)
    await take(page, `${view}-${scheme}`)
  }
}

export const takePanelScreens = async (shop: string, take: Take): Promise<void> => {
  const browser = await launch()
  try {
    for (const scheme of ['light', 'dark']) {
      const page = await browser.newPage()
      await page.setViewport(SIZE)
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }])
      await takeViews(page, shop, scheme, take)
      await page.close()
    }
  } finally {
    await browser.close()
  }
}
