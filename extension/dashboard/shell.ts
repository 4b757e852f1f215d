/** What stands around every page: the way to the others, and a line that says what was done. */

import van from 'vanjs-core'
import { type Child, h } from '../../view/element.ts'
import { mark } from '../../view/mark.ts'
import { toDom } from '../../view/to-dom.ts'
import { draw, focusHeading } from '../parts/print.ts'
import type { Voice } from '../voice.ts'
import { addressOf, PAGES } from './route.ts'
import type { World } from './world.ts'

const { a, div, header, main, nav, p, span } = van.tags

export interface Shell {
  /** Draws a page that is a tree. @param moved see `draw` */
  readonly show: (content: Child, moved: boolean) => void
  /** Puts a page that draws itself. */
  readonly put: (page: HTMLElement, moved: boolean) => void
  /** To eyes and to screen readers. */
  readonly say: (text: string) => void
}

export const createShell = ({ route }: World, { own }: Voice): Shell => {
  const place = main({ class: 'place', id: 'place' })
  const said = p({ class: 'said', role: 'status' })
  const way = PAGES.map(page =>
    a(
      {
        href: addressOf({ at: page }),
        'aria-current': () =>
          route.val.at === page || (page === 'sites' && route.val.at === 'site') ? 'page' : 'false',
      },
      own[`nav-${page}`],
    ),
  )
  van.add(
    document.body,
    div(
      { class: 'shell' },
      header(
        { class: 'rail' },
        span({ class: 'brand' }, toDom<Element>(document, mark('held')), span('Nearside')),
        nav({ 'aria-label': own.nav }, way),
      ),
      place,
      said,
    ),
  )
  const settle = (moved: boolean): void => {
    if (!moved) return
    scrollTo(0, 0)
    focusHeading(place)
  }
  return {
    show: (content, moved) => draw(place, h('div', { class: 'tree' }, content), moved),
    put: (page, moved) => {
      place.replaceChildren(page)
      settle(moved)
    },
    say: text => {
      said.textContent = text
    },
  }
}
