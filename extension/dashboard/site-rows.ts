/** The rows of the list: so many at a time, more as they come near, so that a long list costs no more than what is seen of it. */

import van from 'vanjs-core'
import { toDom } from '../../view/to-dom.ts'
import type { Site } from '../site-index.ts'
import type { Voice } from '../voice.ts'
import { addressOf } from './route.ts'
import { hostIn } from './sites.ts'
import { purposesOf, standing } from './stands.ts'

const { a, bdi, div, input, label, li, p, span, ul } = van.tags

const ROWS_AT_ONCE = 40
/** Drawn before it is scrolled to. */
const AHEAD = '600px'

export interface Picks {
  has(origin: string): boolean
  pick(origin: string, on: boolean): void
}

const row = (site: Site, open: boolean, picks: Picks, voice: Voice): HTMLLIElement => {
  const { own, phrased, dated } = voice
  const host = hostIn(site.origin)
  const dates = { last: dated(Date.parse(site.lastSeen)), first: dated(Date.parse(site.firstSeen)) }
  const purposes = purposesOf(site, voice)
  return li(
    { class: 'site-row' },
    label(
      { class: 'site-pick' },
      input({
        type: 'checkbox',
        'aria-label': phrased(own['sites-pick'], { site: host }),
        checked: picks.has(site.origin),
        'data-pick': site.origin,
        onchange: (event: Event) => picks.pick(site.origin, (event.target as HTMLInputElement).checked),
      }),
    ),
    a(
      { class: 'site-link', href: addressOf({ at: 'site', origin: site.origin }) },
      span({ class: 'site-host' }, bdi(host), open ? span({ class: 'ns-chip' }, own['open-now']) : ''),
      span({ class: 'ns-quiet' }, phrased(own['sites-seen'], dates)),
    ),
    div(
      { class: 'site-stands' },
      toDom<Element>(document, standing(site.stands, voice)),
      purposes ? p({ class: 'ns-quiet' }, purposes) : '',
    ),
  )
}

/** @param opened is a tab of it open? */
export const siteRows = (
  sites: readonly Site[],
  opened: (origin: string) => boolean,
  picks: Picks,
  voice: Voice,
): HTMLUListElement => {
  const list = ul({ class: 'site-list' })
  const end = li({ class: 'site-end', 'aria-hidden': 'true' })
  let drawn = 0
  const more = (): void => {
    end.before(...sites.slice(drawn, drawn + ROWS_AT_ONCE).map(site => row(site, opened(site.origin), picks, voice)))
    drawn += ROWS_AT_ONCE
    if (drawn < sites.length) return
    near.disconnect()
    end.remove()
  }
  const near = new IntersectionObserver(([seen]) => seen?.isIntersecting && again(), { rootMargin: AHEAD })
  // Looked at again each time: what was added may not have reached the edge.
  const again = (): void => {
    more()
    if (drawn >= sites.length) return
    near.unobserve(end)
    near.observe(end)
  }
  list.append(end)
  more()
  if (drawn < sites.length) near.observe(end)
  return list
}
