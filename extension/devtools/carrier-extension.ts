/** The carrier inside DevTools: through the background to the inspected page, and beside it what the network panel saw. */

import browser, { type Runtime } from 'webextension-polyfill'
import type { Carrier } from '../../core/protocol/devtools.ts'
import { type Ask, PANEL_PORT, parseSaid, type Said } from './ports.ts'
import { createSession } from './session.ts'
import { isWorthTelling, wireOf } from './wire.ts'

/** A background that was ended is there again in a moment; what takes longer is worth a word. */
const CONNECT_AGAIN_MS = 250
const LOST_AFTER_MS = 2000
/** The worker writes the collector's answer down after it has come. */
const LOOK_AFTER_MS = 400

/** As much of an entry of the network panel as is looked at. */
interface Entry {
  readonly startedDateTime: string
  readonly _resourceType?: string
  readonly _initiator?: { readonly stack?: { readonly callFrames?: readonly { readonly url: string }[] } }
  readonly request: { readonly method: string; readonly url: string; readonly postData?: { readonly text?: string } }
  readonly response: { readonly status: number; readonly content?: { readonly mimeType?: string } }
}

/** Firefox does not say what a request was for. */
const isDocument = ({ _resourceType, request, response }: Entry): boolean =>
  _resourceType === undefined
    ? request.method === 'GET' && response.content?.mimeType?.startsWith('text/html') === true
    : _resourceType === 'document'

/** What the script in the page asked for itself, so as to show the site's files. */
const isOwn = ({ _initiator }: Entry): boolean =>
  _initiator?.stack?.callFrames?.some(({ url }) => url.startsWith(browser.runtime.getURL(''))) ?? false

/** @param tab the inspected one */
export const createExtensionCarrier = (tab: number): Carrier => {
  const session = createSession()
  /** How far each document was heard. */
  const heard = new Map<number, number>()
  let port: Runtime.Port | undefined
  let lost: ReturnType<typeof setTimeout> | undefined

  const ask = (it: Ask): void => {
    try {
      port?.postMessage(it)
    } catch {
      // It says hello again when it is back.
    }
  }

  const live = (): void => {
    clearTimeout(lost)
    lost = undefined
    session.link('live')
  }
  const loseSoon = (): void => {
    lost ??= setTimeout(() => session.link('lost'), LOST_AFTER_MS)
  }

  const hear = (said: Said): void => {
    live()
    const { doc } = said
    switch (said.say) {
      case 'hello':
        ask({ ask: 'replay', doc, after: heard.get(doc) ?? 0 })
        ask({ ask: 'look' })
        break
      case 'told':
        if (said.i <= (heard.get(doc) ?? 0)) return
        heard.set(doc, said.i)
        session.add(said.told.at, said.told.deed)
        break
      case 'state':
        session.state(said.state)
        break
      default:
        said satisfies never
    }
  }

  const connect = (): void => {
    try {
      port = browser.runtime.connect({ name: PANEL_PORT })
      port.postMessage({ join: tab })
    } catch {
      // Updated or removed: this panel is of a version that is gone.
      session.link('closed')
      return
    }
    port.onMessage.addListener((message: unknown) => {
      try {
        hear(parseSaid(message))
      } catch (error) {
        console.warn('[nearside] what the page told cannot be read:', error)
      }
    })
    port.onDisconnect.addListener(() => {
      port = undefined
      loseSoon()
      setTimeout(connect, CONNECT_AGAIN_MS)
    })
  }

  const seeRequest = (given: unknown): void => {
    const entry = given as Entry
    const { request, response } = entry
    if (!/^https?:/.test(request.url) || isOwn(entry)) return
    const at = Date.parse(entry.startedDateTime)
    const { origin = new URL(request.url).origin, config } = session.latest() ?? {}
    const wire = wireOf(
      { ...request, status: response.status, body: request.postData?.text, document: isDocument(entry) },
      { ...session.around(at), origin, files: config ? [config.url] : [] },
    )
    if (!isWorthTelling(wire)) return
    session.add(at, { what: 'request', ...wire })
    if (wire.kind === 'report' || wire.kind === 'ticket') setTimeout(() => ask({ ask: 'look' }), LOOK_AFTER_MS)
  }

  browser.devtools.network.onRequestFinished.addListener(seeRequest)
  // A page where no script may be put, such as the browser's own, never says hello.
  browser.devtools.network.onNavigated.addListener(loseSoon)
  loseSoon()
  connect()

  return {
    listen: session.listen,
    look: () => ask({ ask: 'look' }),
    reload: () => void browser.devtools.inspectedWindow.reload(),
  }
}
