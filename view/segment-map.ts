/** A question's segments and the visitor on a flat picture: where two directions of many hold the most of what differs. */

import type { KeptSegment, Named } from '../core/access.ts'
import type { Place } from '../core/place.ts'
import { type Child, type ElementNode, h } from './element.ts'
import { numeral } from './numeral.ts'
import type { Tongue } from './tongue.ts'

const WIDTH = 360
const HEIGHT = 220
/** Half a dot, and a little air. */
const EDGE = 24

/** From the map's own directions to the picture's, in one scale for both, so that near is near either way. */
const fitting = (places: readonly Place[]): ((place: Place) => Place) => {
  const xs = places.map(([x]) => x)
  const ys = places.map(([, y]) => y)
  const [left, right] = [Math.min(...xs), Math.max(...xs)]
  const [low, high] = [Math.min(...ys), Math.max(...ys)]
  const scale = Math.min((WIDTH - 2 * EDGE) / (right - left || 1), (HEIGHT - 2 * EDGE) / (high - low || 1))
  return ([x, y]) => [
    Math.round(WIDTH / 2 + (x - (left + right) / 2) * scale),
    Math.round(HEIGHT / 2 - (y - (low + high) / 2) * scale),
  ]
}

/** A line without a length, with a round end: see `bar`. */
const dot = ([x, y]: Place, quality: string): ElementNode =>
  h('line', { class: `ns-dot ${quality}`, x1: x, y1: y, x2: x, y2: y })

interface Placed extends Named {
  readonly place: Place
}
const isPlaced = (it: Named): it is Placed => it.place !== undefined

/**
 * Undefined where the question has no map.
 * @param path where the visitor has been, the latest last
 */
export const segmentMap = (it: KeptSegment, tongue: Tongue, path: readonly Place[] = []): Child => {
  const { words } = tongue
  const groups = it.among.filter(isPlaced)
  if (groups.length < 2) return undefined
  const onPicture = fitting([...groups.map(({ place }) => place), ...(it.place ? [it.place] : []), ...path])
  const mine = groups.find(({ segment }) => segment === it.segment)
  const you = it.place && onPicture(it.place)
  const title = `${words['map-title']}: ${it.question}`
  return h(
    'figure',
    { class: 'ns-map' },
    h(
      'figcaption',
      {},
      h('h4', { class: 'ns-caption' }, words['map-title']),
      h('p', { class: 'ns-quiet' }, words['map-about']),
    ),
    h(
      'svg',
      { class: 'ns-map-picture', role: 'img', 'aria-label': title, viewBox: `0 0 ${WIDTH} ${HEIGHT}` },
      mine &&
        you &&
        h('line', {
          class: 'ns-map-tie',
          ...Object.fromEntries([...you, ...onPicture(mine.place)].map((at, i) => [['x1', 'y1', 'x2', 'y2'][i], at])),
        }),
      path.length > 1 &&
        h('polyline', { class: 'ns-map-path', points: path.map(place => onPicture(place).join(',')).join(' ') }),
      groups.map((group, i) => {
        const [x, y] = onPicture(group.place)
        return [
          dot([x, y], group === mine ? 'ns-dot-mine' : 'ns-dot-group'),
          numeral(i + 1, [x, y], group === mine ? 'ns-numeral ns-numeral-mine' : 'ns-numeral'),
        ]
      }),
      you && [dot(you, 'ns-dot-halo'), dot(you, 'ns-dot-you')],
    ),
    h(
      'ol',
      { class: 'ns-map-groups' },
      groups.map(group =>
        h(
          'li',
          { class: group === mine ? 'ns-mine' : undefined },
          h('bdi', {}, group.label),
          group === mine && h('span', { class: 'ns-chip' }, words['map-you']),
        ),
      ),
    ),
    !you && h('p', { class: 'ns-quiet' }, words['map-alone']),
  )
}
