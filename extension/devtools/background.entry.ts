/** The background of the DevTools build: wires the ports to the switchboard. */

import browser, { type Runtime } from 'webextension-polyfill'
import { type Ask, PAGE_PORT, PANEL_PORT, parseAsk, parseJoin, parseSaid, type Said } from './ports.ts'
import { createScripts } from './scripts.ts'
import { createSwitchboard, type End } from './switchboard.ts'

const scripts = createScripts()
const board = createSwitchboard(scripts)

/** What is not understood is passed over: it is of another version, and will be gone in a moment. */
const hear = (port: Runtime.Port, listen: (message: unknown) => void): void =>
  port.onMessage.addListener((message: unknown) => {
    try {
      listen(message)
    } catch (error) {
      console.debug(error)
    }
  })

const endOf = <T>(port: Runtime.Port): End<T> => ({
  send: message => {
    try {
      port.postMessage(message)
    } catch {
      // Closed a moment ago.
    }
  },
})

const connectPage = (port: Runtime.Port, tab: number): void => {
  const page = endOf<Ask>(port)
  board.openPage(page, tab)
  hear(port, message => board.tell(page, parseSaid(message)))
  port.onDisconnect.addListener(() => board.closePage(page))
}

const connectPanel = (port: Runtime.Port): void => {
  const panel = endOf<Said>(port)
  let joined = false
  hear(port, message => {
    if (joined) board.ask(panel, parseAsk(message))
    else board.openPanel(panel, parseJoin(message))
    joined = true
  })
  port.onDisconnect.addListener(() => board.closePanel(panel))
}

const isOurs = (url: string | undefined): boolean => url?.startsWith(browser.runtime.getURL('')) ?? false

browser.runtime.onConnect.addListener(port => {
  const { id, tab, url, frameId } = port.sender ?? {}
  const ours = id === browser.runtime.id
  if (ours && port.name === PAGE_PORT && tab?.id !== undefined && frameId === 0) connectPage(port, tab.id)
  else if (ours && port.name === PANEL_PORT && isOurs(url)) connectPanel(port)
  else port.disconnect()
})

// A tab that goes to another host is watched there too.
browser.tabs.onUpdated.addListener((tab, { status }) => {
  if (status === 'loading' && board.looked().includes(tab)) void scripts.watch(board.looked())
})
