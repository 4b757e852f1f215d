// What the extension's screens ask of its script in a page, asked by a test: from the real popup, with the grant of a real click.
import type { Page } from 'puppeteer-core'
import type { AccessDocument } from '../../core/access.ts'
import { needsOf } from '../../core/needs.ts'
import { type Change, type Changed, parseChanged } from '../../extension/request.ts'
import { parseSight, type Sight } from '../../extension/sight.ts'
import type { Nearside } from '../../sdk/api.ts'
import { type SdkSite, type SdkSiteOptions, startSdkSite } from '../harness/sdk-site.ts'
import { model as littleModel } from './extension-site.ts'

type ShopWindow = { nearside: Nearside }
type Tab = { readonly id: number; readonly url: string }
type Asked = { nearsideVisitor(request: object): unknown }

const features = [
  ...littleModel.features,
  {
    name: 'gifts',
    kind: 'answer',
    where: { question: ['for'], answer: ['gift'] },
    aggregate: 'count',
    window: 'session',
  },
] as typeof littleModel.features

/** As the little shop's, and a question to which the visitor gives the answer. */
export const model = {
  ...littleModel,
  features,
  segmentations: [
    ...littleModel.segmentations,
    {
      kind: 'rules',
      id: 'gift',
      label: 'Is it a present?',
      uses: ['price'],
      disclosure: 'Presents are wrapped for nothing.',
      segments: [
        { id: 'c0', label: 'Not known', description: 'Nobody said.' },
        { id: 'c1', label: 'A present', description: 'You said so.' },
        { id: 'c2', label: 'For oneself', description: 'You did not say that it is one.' },
      ],
      rules: [{ segment: 'c1', all: [{ feature: 'gifts', least: 1 }] }],
      otherwise: 'c2',
    },
  ],
}

const ADS = { name: 'Adverts & Sons', purpose: 'advertising' }

/** The shop with everything that can be asked for, and a real collector. */
export const startAskingShop = (options: SdkSiteOptions = {}): Promise<SdkSite> =>
  startSdkSite({
    ...options,
    model: options.model ?? JSON.stringify(model),
    config: {
      purposes: ['personalization', 'measurement', 'advertising'],
      recipients: [ADS],
      needs: needsOf(features),
      ...options.config,
    },
    reports: { maxDelay: 0, stable: 0 },
  })

/** Asks the script what a screen would ask it, of the page that is there where none is named; the answer as the screen would get it. */
export const ask = (popup: Page, request: object): Promise<unknown> =>
  popup.evaluate(async asked => {
    const { chrome } = globalThis as unknown as {
      chrome: {
        tabs: { get(id: number): Promise<Tab>; query(asked: object): Promise<Tab[]> }
        scripting: { executeScript(asked: object): Promise<{ result: unknown }[]> }
      }
    }
    // As the popup itself finds its page: that in front, or the one named in its address.
    const named = new URLSearchParams(location.search).get('tab')
    const [tab] = named
      ? [await chrome.tabs.get(+named)]
      : await chrome.tabs.query({ active: true, currentWindow: true })
    const answers = await chrome.scripting.executeScript({
      target: { tabId: tab?.id },
      func: (it: string) => (globalThis as unknown as Asked).nearsideVisitor(JSON.parse(it)),
      args: [JSON.stringify({ origin: new URL(tab?.url ?? '').origin, ...asked })],
    })
    return answers[0]?.result
  }, request)

export const change = async (popup: Page, what: Change, origin: string): Promise<Changed> =>
  parseChanged(await ask(popup, { ...what, origin }), 'answer')

export const lookIn = async (popup: Page): Promise<Sight> => parseSight(await ask(popup, { ask: 'look' }))

/** All that the site's own SDK tells of what is kept. */
export const exported = (tab: Page): Promise<AccessDocument | null> =>
  tab.evaluate(() => (window as unknown as ShopWindow).nearside.exportData())

/** Runs in the page, with its API. */
export const inPage = <T>(tab: Page, act: (nearside: Nearside) => T): Promise<T> =>
  tab.evaluate(`(${act})(window.nearside)`) as Promise<T>

/** Goes there, and says yes to all that is asked, if anything is. */
export const enter = async (tab: Page, address: string): Promise<void> => {
  await tab.goto(address)
  await (await tab.waitForSelector('[data-nearside=accept]'))?.click()
  await segment(tab, 'visit', 'a1')
}

/** Waits until the page has this segment. */
export const segment = async (tab: Page, of: string, is: string): Promise<void> => {
  await tab.waitForFunction(
    (name, id) => (window as unknown as Partial<ShopWindow>).nearside?.segments()[name] === id,
    // Not by frames: a tab in the background has none.
    { polling: 50 },
    of,
    is,
  )
}
