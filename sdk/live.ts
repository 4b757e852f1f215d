/** The visitor's segments and decision as they are now, for what draws them: from the page's Nearside, even before it is there. */

import type { ConsentState, Nearside, On, Segments } from './api.ts'

export interface Now {
  readonly segments: Segments
  readonly consent: ConsentState | null
}

/** What is known of anybody, on a server and before a choice. */
export const NOTHING: Now = { segments: {}, consent: null }

/** Until Nearside arrives there is the documented stub, which queues. */
interface Stub {
  on(...given: Parameters<On>): void
  readonly segments?: undefined
}

const ofThePage = (): Nearside | Stub => {
  const page = window as { nearside?: Nearside | Stub }
  const q: unknown[] = []
  const stub = {
    q,
    on: (...given: unknown[]) => void q.push(['on', ...given]),
    openPrivacyCenter: () => void q.push(['openPrivacyCenter']),
  }
  page.nearside ??= stub
  return page.nearside
}

/** One for all who draw: a stub has no way to take a listener back. */
export const createLive = () => {
  const listeners = new Set<() => void>()
  let now = NOTHING
  let begun = false

  const take = (news: Partial<Now>): void => {
    now = { ...now, ...news }
    for (const listener of listeners) listener()
  }
  const begin = (): void => {
    if (begun) return
    begun = true
    const nearside = ofThePage()
    if (nearside.segments) now = { segments: nearside.segments(), consent: nearside.consent() }
    nearside.on('segments', segments => take({ segments: segments as Segments }))
    nearside.on('consent', consent => take({ consent: consent as ConsentState | null }))
  }

  return {
    now: (): Now => {
      begin()
      return now
    },
    /** Answers what ends it. */
    listen: (listener: () => void): (() => void) => {
      begin()
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** Is the visitor in one of them? `visit:v2 visit:v3` are two. */
export const isIn = (segments: Segments, when: string): boolean =>
  when.split(/\s+/).some(word => {
    const [name = '', segment] = word.split(':')
    return segment !== undefined && segments[name] === segment
  })
