/** The rows of the list: so many at a time, more as they come near, so that a long list costs no more than what is seen of it. */

import van from 'vanjs-core'
import { toDom } from '../../view/to-dom.ts'
import type { Site } from '../site-index.ts'
import type { Voice } from '../voice.ts'
import type { Picks } from './picks.ts'
import { addressOf } from './route.ts'
import { hostIn } from './sites.ts'
import { purposesOf, standing } from './stands.ts'

const { a, bdi, div, input, label, li, p, span, ul } = van.tags

const ROWS_AT_ONCE = 40
/** Drawn before it is scrolled to. */
const AHEAD = '600px'

const row = (site: Site, open: boolean, { pick }: Picks, voice: Voice): HTMLLIElement => {
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
        'data-pick': site.origin,
        onchange: (event: Event) => pick([site.origin], (event.target as HTMLInputElement).checked),
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

export interface Shown {
  readonly sites: readonly Site[]
  /** Is a tab of it open? */
  readonly opened: (origin: string) => boolean
  /** What was asked for: under another question the list begins at its top. */
  readonly asked: string
}

export interface SiteRows {
  readonly show: (shown: Shown) => HTMLUListElement
  /** Ticks the boxes of what is picked. */
  readonly tick: (picked: ReadonlySet<string>) => void
}

/**
 * One list, drawn as often as what it shows changes. What says the same stays the same element, and as many rows are drawn as
 * were: whoever is reading or choosing far down in it stays there when a site is seen elsewhere.
 */
export const createSiteRows = (picks: Picks, voice: Voice): SiteRows => {
  const list = ul({ class: 'site-list' })
  const end = li({ class: 'site-end', 'aria-hidden': 'true' })
  let now: Shown = { sites: [], opened: () => false, asked: '' }
  let rows: ReadonlyMap<string, HTMLLIElement> = new Map()
  let drawn = ROWS_AT_ONCE

  const tick = (picked: ReadonlySet<string>): void => {
    for (const it of rows.values()) {
      const box = it.querySelector<HTMLInputElement>('[data-pick]')
      if (box) box.checked = picked.has(box.dataset.pick as string)
    }
  }
  const make = (): void => {
    const made = now.sites.slice(0, drawn).map((site): [string, HTMLLIElement] => {
      const open = now.opened(site.origin)
      const says = JSON.stringify([site, open])
      return [says, rows.get(says) ?? row(site, open, picks, voice)]
    })
    rows = new Map(made)
    // Without watching: what is picked changes no row but its box.
    tick(picks.picked.rawVal)
  }

  // Any of them: who jumps to the end is told of in the same breath as where the end was before.
  const hear = (seen: readonly IntersectionObserverEntry[]): unknown => seen.some(it => it.isIntersecting) && more()
  const near = new IntersectionObserver(hear, { rootMargin: AHEAD })
  /** Looked at again each time: what was added may not have reached the edge. */
  const follow = (): void => {
    near.unobserve(end)
    end.remove()
    if (drawn >= now.sites.length) return
    list.append(end)
    near.observe(end)
  }
  const more = (): void => {
    const before = rows.size
    drawn += ROWS_AT_ONCE
    make()
    list.append(...[...rows.values()].slice(before))
    follow()
  }

  return {
    tick,
    show: shown => {
      if (shown.asked !== now.asked) drawn = ROWS_AT_ONCE
      now = shown
      const held = document.activeElement
      make()
      list.replaceChildren(...rows.values())
      // What is put where it was has lost it.
      if (held instanceof HTMLElement && list.contains(held)) held.focus({ preventScroll: true })
      follow()
      return list
    },
  }
}
