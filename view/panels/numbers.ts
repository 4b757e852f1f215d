/** The features as pictures: what the questions look at, each beside others of its own unit. */

import type { AccessDocument, KeptFeature } from '../../core/access.ts'
import { type Child, h } from '../element.ts'
import { spoken } from '../format.ts'
import { barPlot } from '../plot/bars.ts'
import type { Tongue } from '../tongue.ts'

/** The words that only these pictures need. */
export interface NumbersWords {
  readonly count: string
  readonly share: string
  readonly time: string
  readonly name: string
  readonly value: string
  readonly unknown: string
  /** Over the table under a picture. */
  readonly numbers: string
}

type Sort = 'count' | 'share' | 'time'

const sortOf = ({ ms, share }: KeptFeature): Sort => (ms ? 'time' : share ? 'share' : 'count')

/** A picture for each unit that there is; counts, which crowd near zero, and times are drawn in one scale each. */
export const numbers = ({ features }: AccessDocument, words: NumbersWords, { measured }: Tongue): Child =>
  (['count', 'time', 'share'] as const).map(sort => {
    const all = features.filter(each => sortOf(each) === sort)
    if (!all.length) return undefined
    const says = (each: KeptFeature): string => (each.value === null ? words.unknown : measured(each.value, each))
    const table = { head: [words.name, words.value], rows: all.map(each => [spoken(each.name), says(each)]) }
    const bars = all.map(each => ({ name: spoken(each.name), value: each.value ?? 0, says: says(each) }))
    const plot = { title: words[sort], numbers: table, behind: words.numbers }
    return h('div', { class: 'ns-sort' }, barPlot(plot, bars, sort === 'share' ? 1 : undefined))
  })
