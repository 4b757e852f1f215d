/** A small number drawn in lines. As text, no checker could tell what it stands on, and a page's style could move it. */

import type { Place } from '../core/place.ts'
import { type ElementNode, h } from './element.ts'

/** Each on a field of 4 by 8. */
const DIGITS = [
  '0,0 4,0 4,8 0,8 0,0',
  '1,1 2.5,0 2.5,8',
  '0,0 4,0 4,4 0,4 0,8 4,8',
  '0,0 4,0 4,4 1,4 4,4 4,8 0,8',
  '0,0 0,4 4,4 4,0 4,8',
  '4,0 0,0 0,4 4,4 4,8 0,8',
  '4,0 0,0 0,8 4,8 4,4 0,4',
  '0,0 4,0 2,8',
  '0,0 4,0 4,8 0,8 0,0 0,4 4,4',
  '4,4 0,4 0,0 4,0 4,8 0,8',
]
const WIDTH = 4
const HEIGHT = 8
const APART = 6.5

/** In the middle of a place. Decoration: a list beside the picture has the same numbers. */
export const numeral = (n: number, [x, y]: Place, quality: string): ElementNode => {
  const digits = [...String(n)]
  const left = x - ((digits.length - 1) * APART + WIDTH) / 2
  return h(
    'g',
    { class: quality },
    digits.map((digit, i) =>
      h('polyline', {
        class: 'ns-mark-stroke',
        points: (DIGITS[Number(digit)] ?? '')
          .split(' ')
          .map(point => {
            const [dx = 0, dy = 0] = point.split(',').map(Number)
            return `${left + i * APART + dx},${y - HEIGHT / 2 + dy}`
          })
          .join(' '),
      }),
    ),
  )
}
