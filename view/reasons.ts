/** Why it is this segment: what each feature said for it and against it, as bars to either side of one line. */

import type { Contribution } from '../core/assign.ts'
import { type ElementNode, h } from './element.ts'
import { spoken } from './format.ts'
import { type Labels, NO_LABELS } from './labels.ts'
import { ENGLISH, type Tongue } from './tongue.ts'

/** More would not be read. */
const MOST_REASONS = 4
const SHORTEST = 0.02

/** The strongest reasons first; what hardly spoke for anything is left out. */
export const topReasons = (reasons: readonly Contribution[]): readonly Contribution[] => {
  const sorted = [...reasons].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).slice(0, MOST_REASONS)
  const least = Math.abs(sorted[0]?.weight ?? 0) / 50
  return sorted.filter(it => Math.abs(it.weight) >= least)
}

/** Rules say yes or no, and have no strengths. */
const isMeasured = (reasons: readonly Contribution[]): boolean => reasons.some(it => it.weight !== 0 && it.weight !== 1)

/** Where the bars begin, 0 to 1: at the edge where nothing spoke against it, else far enough in for what did. */
const baseOf = (reasons: readonly Contribution[], strongest: number): number => {
  const against = Math.max(0, ...reasons.map(it => -it.weight)) / strongest
  const furthest = Math.max(0, ...reasons.map(it => it.weight)) / strongest
  return against / (against + furthest)
}

const percentOf = (part: number): string => `${Math.round(part * 1000) / 10}%`

/** Decoration: the number always stands beside it as text. */
const picture = (weight: number, base: number, strongest: number, reach: number): ElementNode => {
  const length = Math.max(SHORTEST, (Math.abs(weight) / strongest) * reach)
  const end = Math.min(1, Math.max(0, weight < 0 ? base - length : base + length))
  const y = { y1: '50%', y2: '50%' }
  return h(
    'svg',
    {
      class: weight < 0 ? 'ns-bar ns-weight ns-against' : 'ns-bar ns-weight',
      'aria-hidden': 'true',
      focusable: 'false',
    },
    h('line', { class: 'ns-bar-track', x1: 0, x2: '100%', ...y }),
    h('line', { class: 'ns-bar-fill', x1: percentOf(base), x2: percentOf(end), ...y }),
    base > 0 && h('line', { class: 'ns-bar-base', x1: percentOf(base), x2: percentOf(base), y1: 0, y2: '100%' }),
  )
}

/** Contributions as small bars; those of rules as a plain list. */
export const reasonList = (
  all: readonly Contribution[],
  labels: Labels = NO_LABELS,
  tongue: Tongue = ENGLISH,
): ElementNode | undefined => {
  const reasons = topReasons(all)
  if (!reasons.length) return undefined
  const strongest = isMeasured(reasons) ? Math.max(...reasons.map(it => Math.abs(it.weight))) : 0
  const base = strongest ? baseOf(reasons, strongest) : 0
  const reach = Math.max(base, 1 - base)
  return h(
    'ul',
    { class: 'ns-reasons' },
    reasons.map(it =>
      h(
        'li',
        { class: 'ns-reason' },
        h(
          'span',
          { class: 'ns-reason-name' },
          h('bdi', {}, spoken(it.feature)),
          it.weight < 0 && h('small', { class: 'ns-quiet' }, ` ${tongue.words['group-against']}`),
        ),
        h('span', { class: 'ns-number' }, tongue.measured(it.value, labels.unit?.(it.feature))),
        strongest > 0 && picture(it.weight, base, strongest, reach),
      ),
    ),
  )
}
