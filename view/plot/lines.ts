/** Lines over two axes: elbows, silhouettes, ROC, precision and recall, calibration, distances. */

import { type ElementNode, h } from '../element.ts'
import { type Axis, fieldOf, HEIGHT } from './axes.ts'
import { figure, type Plot, svg, toneClass } from './figure.ts'

export interface Line {
  readonly name: string
  readonly points: readonly (readonly [x: number, y: number])[]
  /** For comparison, not found: drawn in dashes. */
  readonly reference?: true
  /** A dot at every point. */
  readonly dotted?: true
}

export interface LinePlot extends Plot {
  readonly x: Axis
  readonly y: Axis
  readonly lines: readonly Line[]
  /** A point of the first line that was chosen. */
  readonly chosen?: { readonly x: number; readonly y: number; readonly says: string }
}

export const linePlot = (plot: LinePlot): ElementNode => {
  const { x, y, frame } = fieldOf(plot.x, plot.y)
  const found = plot.lines.filter(({ reference }) => !reference)
  const drawn = plot.lines.map(line => {
    const tone = line.reference ? 'ns-reference' : toneClass(found.indexOf(line))
    return h(
      'g',
      { class: tone },
      h('polyline', { class: 'ns-line', points: line.points.map(([a, b]) => `${x(a)},${y(b)}`).join(' ') }),
      line.dotted && line.points.map(([a, b]) => h('circle', { class: 'ns-fill', cx: x(a), cy: y(b), r: 3 })),
    )
  })
  const { chosen } = plot
  const atEnd = chosen && x(chosen.x) > 230
  const picture = svg(
    HEIGHT,
    plot.title,
    frame,
    drawn,
    chosen && h('circle', { class: 'ns-chosen', cx: x(chosen.x), cy: y(chosen.y), r: 6 }),
    chosen &&
      h(
        'text',
        {
          class: 'ns-said',
          x: x(chosen.x) + (atEnd ? -9 : 9),
          y: y(chosen.y) - 8,
          'text-anchor': atEnd ? 'end' : 'start',
        },
        chosen.says,
      ),
  )
  const legend = found.length > 1 ? found.map(({ name }, tone) => ({ name, tone })) : []
  return figure(plot, picture, legend)
}
