// A site of its own and a visitor who has not seen it: what most promises of the page begin with.
import type { BrowserContext, Page } from 'playwright-core'
import { newVisitor } from './browser.ts'
import { type SdkSite, type SdkSiteOptions, startSdkSite } from './sdk-site.ts'

export interface Visit {
  readonly site: SdkSite
  readonly visitor: BrowserContext
  readonly page: Page
  close(): Promise<void>
}

export const startVisit = async (options: SdkSiteOptions = {}): Promise<Visit> => {
  const site = await startSdkSite(options)
  const visitor = await newVisitor({ proxy: site.proxy })
  const page = await visitor.newPage()
  return {
    site,
    visitor,
    page,
    close: async () => {
      await visitor.close()
      await site.close()
    },
  }
}
