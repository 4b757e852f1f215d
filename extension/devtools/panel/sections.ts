/** Parts that every view is made of: a titled box, and a table that scrolls by itself. */

import { type Child, type ElementNode, h } from '../../../view/element.ts'

export const section = (title: string, ...content: readonly Child[]): ElementNode =>
  h('section', { class: 'dt-section' }, h('h2', {}, title), content)

/** @param head of each column; those that hold numbers are written with a `#` before them */
export const table = (caption: string, head: readonly string[], rows: readonly (readonly Child[])[]): ElementNode => {
  const isNumber = (i: number): boolean => head[i]?.startsWith('#') ?? false
  const quality = (i: number): string | undefined => (isNumber(i) ? 'ns-number' : undefined)
  return h(
    'div',
    { class: 'dt-scroll', tabindex: 0, role: 'region', 'aria-label': caption, 'data-key': caption },
    h(
      'table',
      { class: 'dt-table' },
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          head.map((name, i) => h('th', { scope: 'col', class: quality(i) }, name.replace('#', ''))),
        ),
      ),
      h(
        'tbody',
        {},
        rows.map(cells =>
          h(
            'tr',
            {},
            cells.map((cell, i) => (i ? h('td', { class: quality(i) }, cell) : h('th', { scope: 'row' }, cell))),
          ),
        ),
      ),
    ),
  )
}
