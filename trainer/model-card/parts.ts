/** Pieces that several sections of a model card are made of. */

import { type Child, type ElementNode, h } from '../../view/element.ts'

export const section = (id: string, title: string, lead: string | false, ...content: readonly Child[]): ElementNode =>
  h(
    'section',
    { class: 'mc-section', 'aria-labelledby': id },
    h('h2', { id }, title),
    lead && h('p', { class: 'mc-lead' }, lead),
    content,
  )

/** Plots side by side where there is room. */
export const plots = (...content: readonly Child[]): ElementNode => h('div', { class: 'mc-plots' }, content)

export const list = (items: readonly Child[]): ElementNode =>
  h(
    'ul',
    { class: 'mc-list' },
    items.map(item => h('li', {}, item)),
  )
