/** How one number went, in the height of a line of text. Decoration: the number it ended on stands beside it. */

import { type ElementNode, h } from './element.ts'

const WIDTH = 80
const HEIGHT = 18
const EDGE = 2

/** @param values in the order of time; what could not be worked out is left open */
export const sparkline = (values: readonly (number | null | undefined)[]): ElementNode => {
  const known = values.filter(value => value != null)
  const [least, most] = [Math.min(...known), Math.max(...known)]
  const across = (WIDTH - 2 * EDGE) / Math.max(1, values.length - 1)
  const y = (value: number): number =>
    most > least ? HEIGHT - EDGE - ((value - least) / (most - least)) * (HEIGHT - 2 * EDGE) : HEIGHT / 2
  const place = (value: number, i: number): string =>
    `${Math.round((EDGE + i * across) * 10) / 10},${Math.round(y(value) * 10) / 10}`
  const runs: string[][] = [[]]
  values.forEach((value, i) => {
    if (value == null) runs.push([])
    else runs.at(-1)?.push(place(value, i))
  })
  const last = values.at(-1)
  const end = last == null ? undefined : place(last, values.length - 1).split(',')
  return h(
    'svg',
    { class: 'ns-spark', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, 'aria-hidden': 'true', focusable: 'false' },
    runs.filter(run => run.length > 1).map(run => h('polyline', { class: 'ns-spark-line', points: run.join(' ') })),
    end && h('circle', { class: 'ns-spark-end', cx: end[0], cy: end[1], r: 2 }),
  )
}
