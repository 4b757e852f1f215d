/** The carrier inside DevTools: through the background to the inspected page, and beside it what the network panel saw. */

import browser, { type Runtime } from 'webextension-polyfill'
import type { Carrier } from '../../core/protocol/devtools.ts'
import { type Seen, watchNetwork } from './network.ts'
import { type Ask, PANEL_PORT, parseSaid, type Said } from './ports.ts'
import { createSession } from './session.ts'
import { isWorthTelling, wireOf } from './wire.ts'

/** A background that was ended is there again in a moment; what takes longer is worth a word. */
const CONNECT_AGAIN_MS = 250
const LOST_AFTER_MS = 2000
/** The worker writes the collector's answer down after it has come. */
const LOOK_AFTER_MS = 400
/** By then the page has told what was granted when a request began, though its answer came out of a cache. */
const JUDGE_AFTER_MS = 500
/** A page that no script may be put into never says whose it is. */
const MOST_UNJUDGED = 1000

/** @param tab the inspected one */
export const createExtensionCarrier = (tab: number): Carrier => {
  const session = createSession()
  /** How far each document was heard. */
  const heard = new Map<number, number>()
  let port: Runtime.Port | undefined
  let lost: ReturnType<typeof setTimeout> | undefined
  /** Of the page; until it has said so, nobody can tell whose a request is. */
  let origin: string | undefined
  let unjudged: Seen[] = []

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

  const judge = (seen: Seen, page: string): void => {
    const { config } = session.latest() ?? {}
    const wire = wireOf(seen, { ...session.around(seen.at), origin: page, files: config ? [config.url] : [] })
    if (!isWorthTelling(wire)) return
    session.add(seen.at, { what: 'request', ...wire })
    if (wire.kind === 'report' || wire.kind === 'ticket') setTimeout(() => ask({ ask: 'look' }), LOOK_AFTER_MS)
  }

  const judgeSoon = (seen: Seen): void =>
    void setTimeout(() => {
      if (origin) judge(seen, origin)
      else unjudged = [...unjudged, seen].slice(-MOST_UNJUDGED)
    }, JUDGE_AFTER_MS)

  const hear = (said: Said): void => {
    live()
    const { doc } = said
    switch (said.say) {
      case 'hello':
        origin = said.origin
        for (const seen of unjudged.splice(0)) judgeSoon(seen)
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

  watchNetwork(judgeSoon)
  // A page where no script may be put, such as the browser's own, never says hello.
  browser.devtools.network.onNavigated.addListener(url => {
    if (origin && !url.startsWith(`${origin}/`)) origin = undefined
    loseSoon()
    // Firefox tells of it late, when the page has said all that it had to say.
    ask({ ask: 'hello' })
  })
  loseSoon()
  connect()

  return {
    listen: session.listen,
    look: () => ask({ ask: 'look' }),
    reload: () => void browser.devtools.inspectedWindow.reload(),
  }
}
