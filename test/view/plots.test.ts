import { describe, expect, it } from 'vitest'
import type { ElementNode } from '../../view/element.ts'
import { FEWEST_TOLD, partOf, placedPart } from '../../view/few.ts'
import { barPlot } from '../../view/plot/bars.ts'
import { dendrogramPlot } from '../../view/plot/dendrogram.ts'
import { flowPlot } from '../../view/plot/flow.ts'
import { mapPlot } from '../../view/plot/hexagons.ts'
import { linePlot } from '../../view/plot/lines.ts'
import { matrixPlot } from '../../view/plot/matrix.ts'
import { spreadPlot } from '../../view/plot/spreads.ts'
import { ticksOf } from '../../view/plot/ticks.ts'
import { toMarkup } from '../../view/to-string.ts'

const all = (node: ElementNode, tag: string): ElementNode[] => [
  ...(node.tag === tag ? [node] : []),
  ...node.children.flatMap(child => (typeof child === 'string' ? [] : all(child, tag))),
]
const LONG = 'A name <b>that</b> is as long as any name may be, sixty characters.'
const crowd = (n: number) => Array.from({ length: n }, (_, i) => [(i * 0.618) % 1, (i * 0.377) % 1] as const)
const numbers = { head: ['k', 'y'], rows: [['2', '1']] }
const axis = { label: 'share', least: 0, most: 1 }

const merges = Array.from({ length: 30 }, (_, i) => ({ left: i ? 30 + i : 0, right: i + 1, height: i + 1 }))
const sides = Array.from({ length: 8 }, (_, i) => ({ id: `s${i}`, label: LONG }))
const flows = sides.flatMap(({ id: from }) => sides.map(({ id: to }) => ({ from, to, rows: from === to ? 500 : 20 })))
/** Each as full as it ever is. */
const plots: readonly (readonly [string, ElementNode])[] = [
  [
    'a map',
    mapPlot({
      title: 'Map',
      places: crowd(2000),
      groups: crowd(2000).map((_, i) => i % 8),
      names: sides.map(() => LONG),
    }),
  ],
  [
    'lines',
    linePlot({
      title: 'ROC',
      numbers,
      x: axis,
      y: axis,
      lines: [
        { name: 'a', points: crowd(200), dotted: true },
        { name: 'b', points: crowd(200) },
      ],
    }),
  ],
  [
    'spreads',
    spreadPlot(
      'Spread',
      sides.map(() => ({ name: LONG, at: [1, 2, 3, 4, 5e6] as const })),
    ),
  ],
  ['a dendrogram', dendrogramPlot('Tree', { merges, sizes: Array.from({ length: 31 }, () => 3) }, 4)],
  ['a flow', flowPlot('Flow', { before: sides, after: sides, flows })],
  [
    'bars',
    barPlot(
      { title: 'Bars', numbers },
      Array.from({ length: 64 }, (_, i) => ({
        name: LONG,
        value: i,
        says: '1',
        chance: 3,
        interval: [i / 2, i + 9] as const,
      })),
    ),
  ],
  ['a matrix', matrixPlot('Matrix', { hits: 10, falseAlarms: 2, misses: 3, rightlyPassed: 100 })],
]

describe.each(plots)('%s', (_, plot) => {
  it('takes at most 50 kB, has a picture that says what it is, and a table behind it', () => {
    expect(toMarkup(plot).length).toBeLessThan(50_000)
    expect(plot.tag).toBe('figure')
    const picture = all(plot, 'svg').find(({ attributes }) => attributes.role === 'img')
    expect(picture?.attributes['aria-label']).toBeTruthy()
    const [table] = all(plot, 'table')
    expect(all(table as ElementNode, 'tr').length).toBeGreaterThan(1)
    expect(all(plot, 'details')).toHaveLength(1)
  })

  it('has no place outside its picture, and none that is no number', () => {
    const text = toMarkup(plot)
    expect(text).not.toMatch(/NaN|Infinity|undefined/)
  })
})

describe('a map', () => {
  it('draws no hexagon of fewer rows than five, and says how many it left out', () => {
    const places = [...Array.from({ length: FEWEST_TOLD }, () => [0.1, 0.1] as const), [0.9, 0.9] as const]
    const plot = mapPlot({ title: 'Map', places, groups: places.map(() => 0), names: ['one'] })
    expect(all(plot, 'polygon')).toHaveLength(1)
    expect(toMarkup(plot)).toContain('one row in emptier places is not drawn')
    const fewer = mapPlot({
      title: 'Map',
      places: places.slice(1),
      groups: places.slice(1).map(() => 0),
      names: ['one'],
    })
    expect(all(fewer, 'polygon')).toHaveLength(0)
  })
})

describe('what few people did', () => {
  it('stands in no field of a matrix, nor follows from the others', () => {
    const plot = toMarkup(matrixPlot('Matrix', { hits: 61, falseAlarms: 2, misses: 4, rightlyPassed: 98 }))
    expect(plot.match(/fewer than 5/g)).toHaveLength(4)
    for (const told of ['>60<', '>100<']) expect(plot).toContain(told)
    for (const exact of ['>2<', '>4<', '>61<', '>98<']) expect(plot).not.toContain(exact)
  })

  it('is told as no share, and drawn no nearer to none or all than five', () => {
    const told = [0, 0.02, 0.98, 1].map(came => [partOf(came, 100), placedPart(came, 100)])
    expect(told).toEqual([
      ['under 5%', 0.05],
      ['under 5%', 0.05],
      ['over 95%', 0.95],
      ['over 95%', 0.95],
    ])
    expect([partOf(0.05, 100), placedPart(0.05, 100)]).toEqual(['5%', 0.05])
    expect([partOf(0.5, 9), placedPart(0.5, 9)]).toEqual(['too few to tell', 0])
  })

  it('is not a branch of a tree, either', () => {
    const few = [{ left: 0, right: 1, height: 1 }]
    expect(toMarkup(dendrogramPlot('Tree', { merges: few, sizes: [1, 3] }, 1))).toContain('fewer than 5')
  })
})

describe('a flow', () => {
  it('draws no band of fewer rows than five', () => {
    const plot = flowPlot('Flow', {
      before: sides.slice(0, 1),
      after: sides.slice(0, 2),
      flows: [
        { from: 's0', to: 's0', rows: 90 },
        { from: 's0', to: 's1', rows: 4 },
      ],
    })
    expect(all(plot, 'path')).toHaveLength(1)
    expect(toMarkup(plot)).not.toContain('>4<')
  })
})

it('ticks are round numbers within the ends of an axis', () => {
  expect(ticksOf(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
  expect(ticksOf(9817, 36_439, 4)).toEqual([10_000, 20_000, 30_000])
  expect(ticksOf(3, 3)).toEqual([3])
})
