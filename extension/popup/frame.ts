/** The parts that every screen is made of. */

import { type Child, type ElementNode, h } from '../../view/element.ts'
import type { Front } from '../tab.ts'
import type { Voice } from '../voice.ts'

/** A part that folds; whether it is open is remembered under `name`. */
export const fold = (name: string, title: string, brief: string, ...content: readonly Child[]): ElementNode =>
  h(
    'details',
    { class: 'fold', 'data-fold': name },
    h('summary', { class: 'ns-fold' }, h('h2', {}, title), h('span', { class: 'ns-quiet' }, brief)),
    h('div', { class: 'fold-content' }, content),
  )

/**
 * To the dashboard, about this site where there is one. From a private window without its name: the dashboard opens outside of it, and
 * its address stays in the browser's history.
 */
export const way = (page: Front | undefined, { own }: Voice): ElementNode =>
  h(
    'p',
    { class: 'way' },
    h(
      'a',
      {
        href: `../dashboard/dashboard.html${page && !page.incognito ? `#site=${encodeURIComponent(page.origin)}` : ''}`,
        target: '_blank',
      },
      own['see-all'],
    ),
  )

/** @param origin the site's, as the browser tells it; undefined where there is no web page in front */
export const frame = (
  origin: string | undefined,
  content: readonly Child[],
  actions: readonly ElementNode[] = [],
): ElementNode =>
  h(
    'div',
    { class: 'frame' },
    h(
      'header',
      { class: 'top' },
      h('span', { class: 'top-name' }, 'Nearside'),
      origin !== undefined && h('bdi', { class: 'top-host' }, new URL(origin).host),
    ),
    h('main', { class: 'content' }, content),
    h('p', { class: 'said', role: 'status' }),
    actions.length > 0 && h('footer', { class: 'actions' }, actions),
  )
