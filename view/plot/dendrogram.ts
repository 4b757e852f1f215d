/** A tree of merges: the higher two branches meet, the more they differ. */

import { type ElementNode, h } from '../element.ts'
import { atLeastFew } from '../few.ts'
import { counted, number } from '../format.ts'
import { axisOf, fieldOf, HEIGHT } from './axes.ts'
import { figure, svg } from './figure.ts'
import { place } from './ticks.ts'

export interface Tree {
  /** The highest merges, the lowest first: branches below `sizes.length` are leaves, above it the merge of that number. */
  readonly merges: readonly { readonly left: number; readonly right: number; readonly height: number }[]
  /** Rows of each leaf. */
  readonly sizes: readonly number[]
}

interface Branch {
  readonly x: number
  readonly height: number
  readonly rows: number
}

/** Leaves in the order in which no branches cross. */
const orderOf = ({ merges, sizes }: Tree): number[] => {
  const leaves = (branch: number): number[] => {
    const merge = merges[branch - sizes.length]
    return branch < sizes.length || !merge ? [branch] : [...leaves(merge.left), ...leaves(merge.right)]
  }
  return leaves(sizes.length + merges.length - 1)
}

/** @param k into how many it was cut */
export const dendrogramPlot = (title: string, tree: Tree, k: number, note?: string): ElementNode => {
  const { merges, sizes } = tree
  const order = orderOf(tree)
  const across = {
    label: `${counted(sizes.length, 'branch', 'branches')} of rows`,
    least: -0.5,
    most: sizes.length - 0.5,
  }
  const up = { ...axisOf('distance', [0, ...merges.map(({ height }) => height)]), least: 0 }
  const { x, y, frame } = fieldOf({ ...across, ticks: [] }, up)
  const branches: Branch[] = sizes.map((rows, leaf) => ({ x: order.indexOf(leaf), height: 0, rows }))
  const drawn = merges.map(({ left, right, height }, i) => {
    const [a, b] = [branches[left] as Branch, branches[right] as Branch]
    branches.push({ x: (a.x + b.x) / 2, height, rows: a.rows + b.rows })
    const above = i > merges.length - k
    return h('path', {
      class: above ? 'ns-branch ns-above' : 'ns-branch',
      d: `M${x(a.x)} ${y(a.height)}V${y(height)}H${x(b.x)}V${y(b.height)}`,
    })
  })
  const [below, above] = [merges.at(-k)?.height ?? 0, merges.at(-(k - 1))?.height ?? 0]
  const cut = k > 1 ? y((below + above) / 2) : undefined
  const picture = svg(
    HEIGHT,
    title,
    frame,
    drawn,
    cut !== undefined && h('line', { class: 'ns-cut', x1: 44, x2: 330, y1: place(cut), y2: place(cut) }),
    cut !== undefined &&
      h('text', { class: 'ns-said', x: 330, y: place(cut - 5), 'text-anchor': 'end' }, `cut into ${k}`),
  )
  const rows = merges
    .map(({ height }, i) => [
      `${merges.length - i} from the top`,
      number(height),
      atLeastFew(branches[sizes.length + i]?.rows ?? 0),
    ])
    .reverse()
  return figure({ title, numbers: { head: ['Merge', 'Distance', 'Rows'], rows }, ...(note ? { note } : {}) }, picture)
}
