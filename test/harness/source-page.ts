// A page that says of itself what shops say, and what is kept of it: for the sources.
import type { BrowserContext, Page } from 'playwright-core'
import type { Need } from '../../core/needs.ts'
import type { Kind } from '../../core/signal.ts'
import { newVisitor } from './browser.ts'
import { api, asPage, configFor, type SdkSite, shopModel, startSdkSite } from './sdk-site.ts'
import type { Content } from './site.ts'

export const need = (kind: Kind, fields: string[] = [], words?: Need['words']): Need => ({
  kind,
  fields,
  ...(words ? { words } : {}),
  features: ['asked'],
})

const NUMERIC = ['ms', 'value', 'quantity', 'results', 'percent', 'clicks']

/** Features by which a model asks for all that these needs name: what no feature uses is not kept, whatever a config says. */
const asking = ({ kind, fields, words = {} }: Need): object[] => [
  // Without a filter it asks for other words as well.
  ...(Object.values(words).every(list => list.includes('other'))
    ? [{ name: `asked_${kind}`, kind, aggregate: 'count', window: 'session' }]
    : []),
  ...fields.map(field => ({
    name: `asked_${kind}_${field}`,
    kind,
    window: 'session',
    ...(NUMERIC.includes(field)
      ? { aggregate: 'max', field }
      : words[field]
        ? { aggregate: 'count', where: { [field]: words[field].filter(word => word !== 'other') } }
        : { aggregate: 'distinct', field }),
  })),
]

/** The shop's model, and what it would take to need all of `needs`. */
export const modelNeeding = (needs: readonly Need[]): string => {
  const model = JSON.parse(shopModel)
  return JSON.stringify({ ...model, features: [...model.features, ...needs.flatMap(asking)] })
}

/** The page, with `head` before the tag, marked buttons, and much to scroll. */
export const shopPage = (head: string): ReturnType<typeof asPage> =>
  asPage(`<!doctype html><html lang="en"><head><title>Shop</title>${head}
<script async src="/nearside/nearside.js" data-config="/nearside.json"></script></head><body><h1>Shop</h1>
<button id="marked" data-nearside-signal="newsletter">News</button><button id="cart" data-nearside-signal="add_to_cart"
 data-nearside-value="1290" data-nearside-currency="EUR" data-nearside-category="Tea">Add</button><p style="height:300vh"></p></body></html>`)

export interface SourcePage {
  readonly site: SdkSite
  readonly visitor: BrowserContext
  readonly page: Page
  /** The sources that were fetched. */
  loaded(): string[]
  /** All that is kept but page views and dwell, without the time. */
  kept(): Promise<object[]>
  close(): Promise<void>
}

/** A visitor on the page, before any answer; the site needs what its model needs, and `needs` in place of that of the same kind. */
export const openSourcePage = async (
  head: string,
  needs: Need[],
  sources: string[] = [],
  files: Record<string, Content> = {},
): Promise<SourcePage> => {
  const own = JSON.parse(configFor(undefined, {}, shopModel)).needs as Need[]
  const kinds = needs.map(({ kind }) => kind)
  const all = [...own.filter(({ kind }) => !kinds.includes(kind)), ...needs]
  const site = await startSdkSite({
    config: { needs: all, sources },
    model: modelNeeding(needs),
    files: { '/page': shopPage(head), ...files },
  })
  const visitor = await newVisitor({ proxy: site.proxy })
  const page = await visitor.newPage()
  await page.goto(`${site.origin}/page`)
  return {
    site,
    visitor,
    page,
    loaded: () =>
      [...new Set(site.seen.map(({ path }) => /nearside-source-(.*)\.js/.exec(path)?.[1] ?? ''))]
        .filter(Boolean)
        .sort(),
    kept: async () => {
      const access = await api(page, nearside => nearside.exportData())
      return (access?.signals ?? []).filter(({ kind }) => !kind.startsWith('page_')).map(({ at: _, ...rest }) => rest)
    },
    close: async () => {
      await visitor.close()
      await site.close()
    },
  }
}
