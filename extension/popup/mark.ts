/** The product's mark, a dot held inside a ring, drawn to say what is seen: the dot is what is kept, the ring is the device. */

import { type Child, type ElementNode, h } from '../../view/element.ts'

export type Mood = 'held' | 'empty' | 'refused' | 'none' | 'doubt' | 'done'

const INSIDE: { readonly [M in Mood]: Child } = {
  held: h('circle', { class: 'mark-dot', cx: 17, cy: 23, r: 6.5 }),
  empty: false,
  refused: h('path', { class: 'mark-stroke', d: 'M13 20h14' }),
  none: false,
  doubt: [
    h('path', { class: 'mark-stroke', d: 'M15.6 16.6a4.5 4.5 0 1 1 6.3 4.1c-1.2.6-1.9 1.4-1.9 2.8' }),
    h('circle', { class: 'mark-dot', cx: 20, cy: 27.4, r: 1.6 }),
  ],
  done: h('path', { class: 'mark-stroke', d: 'M13.5 20.6l4.4 4.4 8.8-9.4' }),
}

/** Decoration: a heading always stands beside it. */
export const mark = (mood: Mood): ElementNode =>
  h(
    'svg',
    { class: `mark mark-${mood}`, viewBox: '0 0 40 40', width: 40, height: 40, 'aria-hidden': 'true' },
    h('circle', {
      class: 'mark-ring',
      cx: 20,
      cy: 20,
      r: 16.5,
      ...(mood === 'none' ? { 'stroke-dasharray': '4 4.64' } : {}),
    }),
    INSIDE[mood],
  )
