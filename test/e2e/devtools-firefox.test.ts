// The real panel in Firefox's own toolbox, which only the browser's own code can open: reached by its privileged scope.
import { join } from 'node:path'
import type { Page } from 'puppeteer-core'
import { afterAll, beforeAll, describe } from 'vitest'
import { type BrokenShop, startBrokenShop } from '../../examples/broken/serve.ts'
import { type Firefox, launchFirefox } from '../harness/browser.ts'
import { size } from '../harness/size.ts'
import { findThreeFaults } from './devtools-broken-shop.ts'
import { createPanel, type Panel } from './devtools-panel.ts'

const built = join(import.meta.dirname, '../../dist/extension/firefox-devtools')

/** As much of the driver's connection as is used; it gives no other way to the browser's own windows. */
interface Connection {
  send(method: string, params: object): Promise<{ result: unknown }>
}

interface Answer {
  readonly result?: { readonly value?: unknown }
  readonly exceptionDetails?: { readonly text: string }
}

/** In the browser's own window: the toolbox over the tab in front, and where our panel is in it. */
const TOOLBOX = `
  const { require } = ChromeUtils.importESModule('resource://devtools/shared/loader/Loader.sys.mjs')
  const { gDevTools } = require('devtools/client/framework/devtools')
  const soon = async look => {
    for (;;) {
      const found = look()
      if (found) return found
      await new Promise(again => setTimeout(again, 50))
    }
  }
  const panelIn = win => {
    for (const frame of win.document.querySelectorAll('browser, iframe')) {
      if (frame.currentURI?.spec.endsWith('/devtools/panel.html')) return frame
      const inner = frame.contentWindow && panelIn(frame.contentWindow)
      if (inner) return inner
    }
    return undefined
  }
`

const OPEN = `(async () => {
  ${TOOLBOX}
  const toolbox = await gDevTools.showToolboxForTab(gBrowser.selectedTab)
  const { id } = await soon(() => toolbox.getAdditionalTools()[0])
  await toolbox.selectTool(id)
  await soon(() => panelIn(toolbox.win))
  return true
})()`

/** The panel is another process's: what runs there is sent as text, and what it finds comes back as JSON. */
const inPanel = (act: string, given: readonly string[]): string => {
  const script = `
    let said
    try {
      const { document, Event } = content
      said = { value: (${act})(...${JSON.stringify(given)}) }
    } catch (error) {
      said = { error: String(error) }
    }
    sendAsyncMessage('nearside-said', JSON.stringify(said))`
  return `(async () => {
    ${TOOLBOX}
    const frame = await soon(() => panelIn(gDevTools.getToolboxes()[0].win))
    return new Promise(done => {
      const { messageManager } = frame
      messageManager.addMessageListener('nearside-said', function hear({ data }) {
        messageManager.removeMessageListener('nearside-said', hear)
        done(data)
      })
      messageManager.loadFrameScript('data:,' + encodeURIComponent(${JSON.stringify(script)}), false)
    })
  })()`
}

const openPanel = async ({ browser }: Firefox): Promise<Panel> => {
  const { connection } = browser as unknown as { connection: Connection }
  const send = async <T>(method: string, params: object): Promise<T> =>
    (await connection.send(method, params)).result as T
  const tree = await send<{ contexts: { context: string }[] }>('browsingContext.getTree', { 'moz:scope': 'chrome' })
  const target = { context: tree.contexts[0]?.context }
  const privileged = async (expression: string): Promise<unknown> => {
    const answer = await send<Answer>('script.evaluate', { expression, target, awaitPromise: true })
    if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.text)
    return answer.result?.value
  }
  await privileged(OPEN)
  return createPanel(async (act, ...given) => {
    const { value, error } = JSON.parse(String(await privileged(inPanel(String(act), given))))
    if (error) throw new Error(error)
    return value
  })
}

describe.skipIf(!process.env.NEARSIDE_FIREFOX || size !== 'soak')('the panel in the toolbox of Firefox', () => {
  let shop: BrokenShop
  let firefox: Firefox
  let page: Page
  let panel: Panel

  beforeAll(async () => {
    shop = await startBrokenShop()
    firefox = (await launchFirefox({ extension: built })) as Firefox
    page = await firefox.browser.newPage()
    await page.goto(shop.shop)
    panel = await openPanel(firefox)
    await panel.until('.dt-standing', /Live/)
    await page.reload()
  })
  afterAll(async () => {
    await firefox?.close()
    await shop?.stop()
  })

  findThreeFaults(() => ({ page, panel }))
})
