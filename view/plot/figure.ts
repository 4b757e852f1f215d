/** What every plot has: a title, a picture, a legend that does not speak by colour alone, and its numbers as a table. */

import { type Child, type ElementNode, h } from '../element.ts'

export interface Numbers {
  readonly head: readonly string[]
  /** The first cell of a row names it. */
  readonly rows: readonly (readonly string[])[]
}

export interface Plot {
  readonly title: string
  /** How to read it, in a sentence. */
  readonly note?: string
  readonly numbers: Numbers
  /** What leads to the numbers, where English is not spoken. */
  readonly behind?: string
}

export interface Legend {
  readonly name: string
  /** Which colour: 0 to 7, then again. */
  readonly tone: number
  /** Beside the name, as it stands in the picture. */
  readonly mark?: string
}

const WORDS = { numbers: 'The numbers' }
const TONES = 8

export const toneClass = (tone: number): string => `ns-tone-${tone % TONES}`

export const numbersTable = ({ head, rows }: Numbers, caption: string): ElementNode =>
  h(
    'div',
    { class: 'ns-scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    h(
      'table',
      { class: 'ns-numbers' },
      h('caption', { class: 'ns-unseen' }, caption),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          head.map((name, i) => h('th', { scope: 'col', class: i ? 'ns-number' : undefined }, name)),
        ),
      ),
      h(
        'tbody',
        {},
        rows.map(([name = '', ...cells]) =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, h('bdi', {}, name)),
            cells.map(cell => h('td', { class: 'ns-number' }, cell)),
          ),
        ),
      ),
    ),
  )

const legendOf = (legend: readonly Legend[]): ElementNode =>
  h(
    'ul',
    { class: 'ns-legend' },
    legend.map(({ name, tone, mark }) =>
      h(
        'li',
        {},
        h(
          'svg',
          { class: `ns-key ${toneClass(tone)}`, width: 12, height: 12, 'aria-hidden': 'true', focusable: 'false' },
          h('rect', { class: 'ns-fill', width: 12, height: 12, rx: 3 }),
        ),
        mark !== undefined && h('b', {}, mark),
        h('bdi', {}, name),
      ),
    ),
  )

/** @param picture what `svg` made */
export const figure = (
  { title, note, numbers, behind = WORDS.numbers }: Plot,
  picture: ElementNode,
  legend: readonly Legend[] = [],
): ElementNode =>
  h(
    'figure',
    { class: 'ns-plot' },
    h('figcaption', {}, h('strong', {}, title), note && h('span', { class: 'ns-quiet' }, note)),
    picture,
    legend.length > 0 && legendOf(legend),
    h(
      'details',
      { class: 'ns-behind' },
      h('summary', {}, behind, h('span', { class: 'ns-unseen' }, `: ${title}`)),
      numbersTable(numbers, title),
    ),
  )

/** As wide as a phone: text in it stays readable there. */
export const WIDTH = 340

/** @param says what a reader who does not see it is told */
export const svg = (height: number, says: string, ...children: readonly Child[]): ElementNode =>
  h('svg', { class: 'ns-picture', viewBox: `0 0 ${WIDTH} ${height}`, role: 'img', 'aria-label': says }, ...children)
