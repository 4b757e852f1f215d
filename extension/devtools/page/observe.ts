/** Observes one page from within, and changes nothing of what it does: each watcher puts back what it touched. */

import { parseStanding, STANDING_KEY } from '../../../core/standing.ts'
import { quietly, type Tell, type Told } from './tell.ts'
import { isApi, type Page, watchApi } from './watch-api.ts'
import { watchCalls } from './watch-calls.ts'

/** Without what follows a `?` or `#`, which may be anything. */
const bare = (url: string): string => url.split(/[?#]/)[0] as string

const watchPolicy = (page: Page, tell: Tell): (() => void) => {
  const hear = (event: SecurityPolicyViolationEvent): void =>
    tell({ what: 'blocked', directive: event.effectiveDirective, url: bare(event.blockedURI).slice(0, 400) })
  page.document.addEventListener('securitypolicyviolation', hear)
  return () => page.document.removeEventListener('securitypolicyviolation', hear)
}

/** Hears what every tab hears; the page's own word comes here as well. */
const watchPings = (page: Page, tell: Tell): (() => void) => {
  const channel = new page.BroadcastChannel(STANDING_KEY)
  channel.onmessage = ({ data }) => {
    if (data === 'gone' || Number.isFinite(data)) tell({ what: 'ping', news: data })
  }
  return () => channel.close()
}

/** What stood before the page had run anything: Nearside itself comes some requests later. */
const tellStanding = (page: Page, tell: Tell): void =>
  quietly(() => {
    const optedOut = (page.navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl
    const stands = parseStanding(page.localStorage.getItem(STANDING_KEY), optedOut)
    if (!stands || !(Date.now() < Date.parse(stands.expires))) return
    const { grants, expires, paused } = stands
    tell({ what: 'decision', granted: grants, expires, ...(paused ? { paused } : {}) })
  })

/** @returns what ends it */
export const observe = (page: Page, hear: (told: Told) => void): (() => void) => {
  const tell: Tell = deed => quietly(() => hear({ at: Date.now(), deed }))
  // What Nearside did before it was watched is not known.
  const early = !isApi(page.nearside) && page.document.readyState === 'loading'
  tell({ what: 'load', path: page.location.pathname, early })
  tellStanding(page, tell)
  const ends = [watchPolicy(page, tell), watchPings(page, tell), watchCalls(page, tell), watchApi(page, tell)]
  return () => {
    for (const end of ends) end()
  }
}
