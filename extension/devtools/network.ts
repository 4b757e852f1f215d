/** What the browser's network panel has of the inspected page: each request once, as soon as it is told. */

import browser from 'webextension-polyfill'
import type { Asked } from './wire.ts'

/**
 * Chromium's event leaves out what the page was kept from reading, such as an answer without CORS, though it went out all the same: those
 * stand in the log alone, which is long. Nobody waits for them by the second.
 */
const READ_LOG_EVERY_MS = 3000
/** As many keys as the log of a long day. */
const MOST_KNOWN = 20_000

/** As much of an entry as is looked at. */
interface Entry {
  readonly startedDateTime: string
  readonly _resourceType?: string
  readonly _initiator?: { readonly stack?: { readonly callFrames?: readonly { readonly url: string }[] } }
  readonly request: { readonly method: string; readonly url: string; readonly postData?: { readonly text?: string } }
  readonly response: {
    readonly status: number
    readonly _error?: string
    readonly content?: { readonly mimeType?: string }
  }
}

export interface Seen extends Asked {
  /** When it began, ms since 1970. */
  readonly at: number
}

/** Firefox does not say what a request was for. */
const isDocument = ({ _resourceType, request, response }: Entry): boolean =>
  _resourceType === undefined
    ? request.method === 'GET' && response.content?.mimeType?.startsWith('text/html') === true
    : _resourceType === 'document'

/** What the script in the page asked for itself, so as to show the site's files. */
const isOwn = ({ _initiator }: Entry): boolean =>
  _initiator?.stack?.callFrames?.some(({ url }) => url.startsWith(browser.runtime.getURL(''))) ?? false

const seenOf = (entry: Entry): Seen => ({
  at: Date.parse(entry.startedDateTime),
  method: entry.request.method,
  url: entry.request.url,
  status: entry.response.status,
  body: entry.request.postData?.text,
  document: isDocument(entry),
})

export const watchNetwork = (see: (it: Seen) => void): void => {
  const { network } = browser.devtools
  let known = new Set<string>()

  const take = (entry: Entry): void => {
    const { request, startedDateTime } = entry
    const key = `${startedDateTime} ${request.method} ${request.url}`
    if (!/^https?:/.test(request.url) || known.has(key) || isOwn(entry)) return
    if (known.size > MOST_KNOWN) known = new Set([...known].slice(MOST_KNOWN / 2))
    known.add(key)
    see(seenOf(entry))
  }

  const readLog = async (): Promise<void> => {
    if (document.hidden) return
    const { entries = [] } = ((await network.getHAR()) as { entries?: readonly Entry[] } | undefined) ?? {}
    // One that has no answer and no error is still on its way.
    for (const entry of entries) if (entry.response.status || entry.response._error) take(entry)
  }

  network.onRequestFinished.addListener((given: unknown) => take(given as Entry))
  setInterval(() => void readLog().catch(() => {}), READ_LOG_EVERY_MS)
}
