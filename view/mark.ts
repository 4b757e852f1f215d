/** The product's mark, a dot held inside a ring, drawn to say what is seen: the dot is what is kept, the ring is the device. */

import { type Child, type ElementNode, h } from './element.ts'

export type Mood = 'held' | 'empty' | 'refused' | 'paused' | 'none' | 'doubt' | 'done'

/** Corners that look round at the size it is drawn. */
const CORNERS = 40

const round = (cx: number, cy: number, r: number): string =>
  Array.from({ length: CORNERS }, (_, i) => {
    const angle = (2 * Math.PI * i) / CORNERS
    return `${(cx + r * Math.cos(angle)).toFixed(2)},${(cy + r * Math.sin(angle)).toFixed(2)}`
  }).join(' ')

const dot = (cx: number, cy: number, r: number): ElementNode =>
  h('polygon', { class: 'ns-mark-dot', points: round(cx, cy, r) })
const stroke = (points: string): ElementNode => h('polyline', { class: 'ns-mark-stroke', points })

const INSIDE: { readonly [M in Mood]: Child } = {
  held: dot(17, 23, 6.5),
  empty: false,
  refused: stroke('13,20 27,20'),
  paused: [stroke('16.5,14.5 16.5,25.5'), stroke('23.5,14.5 23.5,25.5')],
  none: false,
  doubt: [stroke('20,12.5 20,22'), dot(20, 27.2, 1.7)],
  done: stroke('13.5,20.6 17.9,25 26.7,15.6'),
}

/** Decoration: a heading always stands beside it. */
export const mark = (mood: Mood): ElementNode =>
  h(
    'svg',
    { class: `ns-mark ns-mark-${mood}`, viewBox: '0 0 40 40', 'aria-hidden': 'true', focusable: 'false' },
    h('polygon', { class: 'ns-mark-ring', points: round(20, 20, 16.5) }),
    INSIDE[mood],
  )
