/** Sits in the page's isolated world: passes on what the observer tells, reads what stands, and comes back when it was cut off. */

import { type Ask, type DocumentId, PAGE_PORT, parseAsk, type Said } from '../ports.ts'
import { relayEnd } from './in-page.ts'
import { readState } from './read-state.ts'

/** The browser ends a background that is idle: it is woken by whoever connects. */
const CONNECT_AGAIN_MS = 250
/** What stands is read a moment after something changed it. */
const READ_AFTER_MS = 300
/** A long history takes long to read: so many times as long, nothing is read. */
const REST = 4

/** What may have changed what stands. */
const CHANGING = ['ready', 'answer', 'decision', 'segments', 'ping']

/** @param ended called once nobody looks any more */
export const startRelay = (ended: () => void): void => {
  const doc: DocumentId = performance.timeOrigin
  const end = relayEnd(document)
  let port: chrome.runtime.Port | undefined
  let over = false
  let reading: ReturnType<typeof setTimeout> | undefined
  let rest = READ_AFTER_MS
  /** What the observer is asked for again, when a new one begins. */
  let after: number | undefined

  const say = (it: Said): void => {
    try {
      port?.postMessage(it)
    } catch {
      // It was cut off; whoever comes asks again.
    }
  }

  const read = async (): Promise<void> => {
    reading = undefined
    const from = performance.now()
    const state = await readState(Date.now()).catch(() => undefined)
    rest = Math.max(READ_AFTER_MS, (performance.now() - from) * REST)
    if (state && !over) say({ say: 'state', doc, state })
  }

  const hello = (): void => say({ say: 'hello', doc, origin: location.origin })

  const readSoon = (ms = rest): void => {
    reading ??= setTimeout(() => void read(), ms)
  }

  const stop = (): void => {
    over = true
    clearTimeout(reading)
    end.ask('stop')
    deafen()
    port?.disconnect()
    ended()
  }

  const answer = (asked: Ask): void => {
    switch (asked.ask) {
      case 'hello':
        hello()
        break
      case 'replay':
        after = asked.doc === doc ? asked.after : 0
        end.ask(after)
        break
      case 'look':
        readSoon(0)
        break
      case 'stop':
        stop()
        break
      default:
        asked satisfies never
    }
  }

  const open = (): chrome.runtime.Port | undefined => {
    try {
      return chrome.runtime.connect({ name: PAGE_PORT })
    } catch {
      return undefined
    }
  }

  const connect = (): void => {
    if (over || port) return
    const own = open()
    port = own
    if (!own) {
      // The extension was updated or removed: this script can reach nothing any more.
      stop()
      return
    }
    own.onMessage.addListener((message: unknown) => {
      try {
        answer(parseAsk(message))
      } catch {
        // Of another version than this one.
      }
    })
    own.onDisconnect.addListener(() => {
      if (port !== own) return
      port = undefined
      setTimeout(connect, CONNECT_AGAIN_MS)
    })
    hello()
  }

  const deafen = end.hear(
    ({ i, told }) => {
      after = i
      say({ say: 'told', doc, i, told })
      if (CHANGING.includes(told.deed.what)) readSoon()
    },
    () => {
      if (after !== undefined) end.ask(after)
    },
  )
  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return
    // Out of the back-forward cache: the port was closed there, and nobody says so here.
    port?.disconnect()
    port = undefined
    connect()
  })
  connect()
}
