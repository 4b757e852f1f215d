/**
 * A bar of 0 to 1. A strict content security policy drops `style`, and a page's `* { all: unset }` the attributes of SVG that are
 * properties as well: what is drawn stands in lines and polygons, whose attributes are not.
 */

import { type ElementNode, h } from './element.ts'

const SHORTEST = 0.01

/** Decoration: the number always stands beside it as text. */
export const bar = (part: number, quality = ''): ElementNode => {
  const width = part > 0 ? Math.min(1, Math.max(SHORTEST, part)) : 0
  return h(
    'svg',
    { class: `ns-bar ${quality}`.trim(), 'aria-hidden': 'true', focusable: 'false' },
    h('line', { class: 'ns-bar-track', x1: 0, x2: '100%', y1: '50%', y2: '50%' }),
    width > 0 &&
      h('line', { class: 'ns-bar-fill', x1: 0, x2: `${Math.round(width * 1000) / 10}%`, y1: '50%', y2: '50%' }),
  )
}
