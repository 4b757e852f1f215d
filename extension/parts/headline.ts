/** What a screen of the extension says first. */

import { type Child, type ElementNode, h } from '../../view/element.ts'
import { type Mood, mark } from '../../view/mark.ts'

/** The heading takes the focus when a screen follows a button. */
export const headline = (mood: Mood, title: Child, ...lines: readonly Child[]): ElementNode =>
  h(
    'div',
    { class: 'ns-headline' },
    mark(mood),
    h(
      'div',
      {},
      h('h1', { tabindex: -1 }, title),
      lines.map(line => line && h('p', {}, line)),
    ),
  )

export const points = (items: readonly Child[]): ElementNode =>
  h(
    'ul',
    { class: 'ns-points' },
    items.filter(Boolean).map(item => h('li', {}, item)),
  )

/** A part of a page, under a heading of its own. */
export const section = (title: Child, ...content: readonly Child[]): ElementNode =>
  h('section', { class: 'ns-part' }, h('h2', {}, title), content)
