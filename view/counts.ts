/** How many devices reported each segment of one segmentation in one epoch. */

import type { Epoch } from '../core/epoch.ts'
import { bar } from './bar.ts'
import { type ElementNode, h } from './element.ts'
import { counted, number, percent, week } from './format.ts'
import { type Labels, NO_LABELS, segmentName } from './labels.ts'

export interface CountGroup {
  readonly epoch: Epoch
  /** Nothing can change it any more. */
  readonly closed: boolean
  readonly segmentation: string
  readonly model: string
  readonly notice: string
  /** With or without what the segment is for, where the site has a control group. */
  readonly arm?: 'treated' | 'control'
  /** Of noised answers, which are counted as estimates; absent where counts are exact. */
  readonly epsilon?: number
  /** How many noised answers there were; 0 where they are too few to be told. */
  readonly answers?: number
  /** Devices; of an estimate as computed, even where that is less than none, and half the width of its 95 % interval. */
  readonly counts: readonly { readonly segment: string; readonly count: number; readonly within?: number }[]
  /** The sum of `counts`. */
  readonly total: number
  /** How many segments are too small to be told. */
  readonly withheld: number
}

const WORDS = {
  open: 'still counting',
  closed: 'final',
  withheld: (n: number, least: number) =>
    `${counted(n, 'group')} left out: fewer than ${number(least)}, or what would give that away.`,
  arms: { treated: 'personalised', control: 'control group' },
  noised: (epsilon: number) => `noised, ε ${number(epsilon)}`,
  estimated: 'Estimated from noised answers: each number lies within its margin 19 times in 20.',
  unknown: 'Start the collector with the model that these answers are about to see estimates.',
}

type Count = CountGroup['counts'][number]

const amount = ({ count, within }: Count, total: number): ElementNode =>
  h(
    'span',
    { class: 'ns-number' },
    h('strong', {}, number(within === undefined ? count : Math.round(Math.max(0, count)))),
    h(
      'span',
      { class: 'ns-quiet' },
      within === undefined ? ` ${percent(count / total)}` : ` ± ${number(Math.ceil(within))}`,
    ),
  )

/** @param minimumSize the threshold that was applied, to be named */
export const counts = (it: CountGroup, minimumSize: number, labels: Labels = NO_LABELS): ElementNode =>
  h(
    'section',
    { class: 'ns-card ns-counts', 'data-epoch': it.epoch, 'data-segmentation': it.segmentation },
    h(
      'h4',
      { class: 'ns-week' },
      week(it.epoch),
      ' ',
      h('span', { class: it.closed ? 'ns-chip' : 'ns-chip ns-open' }, it.closed ? WORDS.closed : WORDS.open),
      it.arm && [' ', h('span', { class: 'ns-chip' }, WORDS.arms[it.arm])],
      it.epsilon && [' ', h('span', { class: 'ns-chip' }, WORDS.noised(it.epsilon))],
    ),
    h(
      'p',
      { class: 'ns-quiet' },
      `${it.epsilon ? counted(it.answers ?? 0, 'answer') : counted(it.total, 'device')} · model `,
      h('code', {}, it.model),
      ' · notice ',
      h('code', {}, it.notice),
    ),
    h(
      'ul',
      { class: 'ns-reasons' },
      it.counts.map(each =>
        h(
          'li',
          { class: 'ns-reason', 'data-segment': each.segment },
          h('span', {}, segmentName(labels, it.segmentation, each.segment)),
          amount(each, it.total),
          bar(each.count / it.total),
        ),
      ),
    ),
    it.epsilon && h('p', { class: 'ns-quiet' }, it.counts.length || it.withheld ? WORDS.estimated : WORDS.unknown),
    it.withheld > 0 && h('p', { class: 'ns-quiet' }, WORDS.withheld(it.withheld, minimumSize)),
  )
