/** A bar of 0 to 1. Width is an attribute of SVG, since a strict content security policy drops `style`. */

import { type ElementNode, h } from './element.ts'

const SHORTEST = 0.01

/** Decoration: the number always stands beside it as text. */
export const bar = (part: number, quality = ''): ElementNode => {
  const width = part > 0 ? Math.min(1, Math.max(SHORTEST, part)) : 0
  return h(
    'svg',
    { class: `ns-bar ${quality}`.trim(), 'aria-hidden': 'true', focusable: 'false', height: 6 },
    h('rect', { class: 'ns-bar-track', width: '100%', height: '100%', rx: 3 }),
    width > 0 && h('rect', { class: 'ns-bar-fill', width: `${Math.round(width * 1000) / 10}%`, height: '100%', rx: 3 }),
  )
}
