/** What a screen says first. The heading takes the focus when a screen follows a button. */

import { type Child, type ElementNode, h } from '../element.ts'
import { type Mood, mark } from '../mark.ts'

export const headline = (mood: Mood, title: Child, ...lines: readonly Child[]): ElementNode =>
  h(
    'div',
    { class: 'ns-headline' },
    mark(mood),
    h(
      'div',
      {},
      h('h3', { tabindex: -1 }, title),
      lines.map(line => line && h('p', {}, line)),
    ),
  )

export const part = (title: Child, ...content: readonly Child[]): ElementNode =>
  h('section', { class: 'ns-part' }, h('h3', {}, title), content)
