// A visitor who has a keyboard and nothing else.
import type { Locator, Page } from 'playwright-core'

/** A visitor goes no further than this to reach something. */
const MOST_TABS = 60

const isThere = (at: Locator): Promise<boolean> =>
  at.evaluateAll(all => all.some(it => it === document.activeElement)).catch(() => false)

/** Goes there by Tab alone. */
export const reach = async (page: Page, at: Locator): Promise<void> => {
  await at.first().waitFor()
  for (let i = 0; i < MOST_TABS; i++) {
    if (await isThere(at)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${at} is not within ${MOST_TABS} tabs`)
}

export const press = async (page: Page, at: Locator, key = 'Enter'): Promise<void> => {
  await reach(page, at)
  await page.keyboard.press(key)
}
