// What the device has noted, in order, as a page sees it: kinds and page kinds.
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import type { AccessDocument } from '../../core/access.ts'
import type { Nearside } from '../../sdk/api.ts'

type Window = { nearside: Nearside }

const exported = (): Promise<AccessDocument | null> => (window as unknown as Window).nearside.exportData()

/** Every page kind that was viewed, in order. A page may be Playwright's or Puppeteer's. */
export const views = async (page: Pick<Page, 'evaluate'>): Promise<unknown[]> =>
  ((await page.evaluate(exported))?.signals ?? []).filter(({ kind }) => kind === 'page_view').map(({ page }) => page)

/** Dwell by page kind, in order: ms. */
export const dwells = async (page: Pick<Page, 'evaluate'>): Promise<[unknown, number][]> =>
  ((await page.evaluate(exported))?.signals ?? [])
    .filter(({ kind }) => kind === 'page_dwell')
    .map(({ page, ms }) => [page, ms as number])

export const expectViews = (page: Pick<Page, 'evaluate'>, kinds: string[]): Promise<void> =>
  expect.poll(() => views(page)).toEqual(kinds)
