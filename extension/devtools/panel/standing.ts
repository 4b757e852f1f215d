/** One line at the top: how the panel and the page are joined, and what stands on the page. */

import type { Link, State } from '../../../core/protocol/devtools.ts'
import { type ElementNode, h } from '../../../view/element.ts'
import type { SiteFiles } from './site-files.ts'

const LINKS: { readonly [L in Link]: string } = {
  joining: 'Looking for the page',
  live: 'Live',
  lost: 'Interrupted: it goes on by itself',
  closed: 'Ended: nothing more comes',
  recorded: 'A recorded session',
}

const SEEN: { readonly [S in State['seen']]: string } = {
  absent: 'no Nearside on this page',
  undecided: 'not asked, or not answered',
  refused: 'all denied',
  granted: 'granted',
  leftover: 'nothing granted, and something left',
  erased: 'deleted',
  unreadable: 'kept in a way this version cannot read',
}

export const standing = (link: Link, state: State | undefined, { config, faults }: SiteFiles): ElementNode =>
  h(
    'p',
    { class: `dt-standing-line dt-link-${link}`, role: 'status' },
    h('span', { class: 'dt-lamp', 'aria-hidden': 'true' }),
    h('span', {}, LINKS[link]),
    state && h('span', { class: `dt-chip dt-seen-${state.seen}` }, SEEN[state.seen]),
    state?.optedOut && h('span', { class: 'dt-chip' }, 'GPC on'),
    config && h('span', { class: 'dt-site' }, h('bdi', {}, config.site)),
    faults.length > 0 && h('span', { class: 'dt-chip dt-bad' }, 'see Health'),
  )
