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
  readonly counts: readonly { readonly segment: string; readonly count: number }[]
  /** The sum of `counts`. */
  readonly total: number
  /** How many segments are too small to be told. */
  readonly withheld: number
}

const WORDS = {
  open: 'still counting',
  closed: 'final',
  withheld: (n: number, least: number) => `${counted(n, 'group')} with fewer than ${number(least)} left out.`,
}

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
    ),
    h(
      'p',
      { class: 'ns-quiet' },
      `${counted(it.total, 'device')} · model `,
      h('code', {}, it.model),
      ' · notice ',
      h('code', {}, it.notice),
    ),
    h(
      'ul',
      { class: 'ns-reasons' },
      it.counts.map(({ segment, count }) =>
        h(
          'li',
          { class: 'ns-reason', 'data-segment': segment },
          h('span', {}, segmentName(labels, it.segmentation, segment)),
          h(
            'span',
            { class: 'ns-number' },
            h('strong', {}, number(count)),
            h('span', { class: 'ns-quiet' }, ` ${percent(count / it.total)}`),
          ),
          bar(count / it.total),
        ),
      ),
    ),
    it.withheld > 0 && h('p', { class: 'ns-quiet' }, WORDS.withheld(it.withheld, minimumSize)),
  )
