/** What changes from one model to the next, as a page: who would move as a picture, and what devices would collect. */

import type { CentroidSegmentation } from '../../core/segmentation.ts'
import { type Child, h } from '../../view/element.ts'
import { atLeastFew } from '../../view/few.ts'
import { number, percent } from '../../view/format.ts'
import { flowPlot, type Side } from '../../view/plot/flow.ts'
import type { Flows, ModelDiff } from '../compare/diff.ts'
import { wholeDocument } from './document.ts'
import { list, section } from './parts.ts'

const sidesOf = (it: CentroidSegmentation | undefined, ids: readonly string[]): Side[] =>
  it?.segments.filter(({ id }) => ids.includes(id)) ?? []

const flowSection = (
  flows: Flows,
  from: CentroidSegmentation | undefined,
  to: CentroidSegmentation | undefined,
): Child =>
  section(
    'flow',
    'Who would move',
    `${number(flows.moved)} of ${number(flows.rows)} rows (${percent(flows.moved / Math.max(1, flows.rows))}) would be in another segment than the one theirs persists as.`,
    flowPlot('From segment to segment', {
      before: sidesOf(
        from,
        flows.flows.map(each => each.from),
      ),
      after: sidesOf(
        to,
        flows.flows.map(each => each.to),
      ),
      flows: flows.flows,
    }),
  )

const change = ({ what, before, after }: ModelDiff['segments'][number]): Child => [
  h('span', { class: what === 'kept' ? 'mc-tag' : 'mc-tag mc-warn' }, what),
  ' ',
  h('bdi', {}, (before ?? after)?.label),
  after && before && after.label !== before.label && [', now ', h('bdi', {}, after.label)],
]

const question = ({ what, label, moved }: ModelDiff['questions'][number]): Child => [
  h('span', { class: what === 'same' ? 'mc-tag' : 'mc-tag mc-warn' }, what),
  ' ',
  h('bdi', {}, label),
  moved !== undefined && h('span', { class: 'ns-quiet' }, `: ${atLeastFew(moved)} would be told another segment`),
]

const named = (title: string, items: readonly string[]): Child =>
  items.length > 0 && [h('h3', {}, title), list(items.map(item => h('code', {}, item)))]

/** @param from the earlier model's segmentation by centroids, `to` the later one's */
export const diffDocument = (
  diff: ModelDiff,
  from: CentroidSegmentation | undefined,
  to: CentroidSegmentation | undefined,
): string => {
  const title = `${diff.before} to ${diff.after}`
  const body = h(
    'body',
    { class: 'mc ns-sheet' },
    h('header', {}, h('p', { class: 'mc-kind' }, 'What changes'), h('h1', {}, h('bdi', {}, title))),
    h(
      'main',
      {},
      diff.flows && flowSection(diff.flows, from, to),
      section('segments', 'Segments', false, list(diff.segments.map(change))),
      diff.questions.length > 0 &&
        section('questions', 'Questions beside it', false, list(diff.questions.map(question))),
      section(
        'collect',
        'What devices would collect',
        diff.collectedMore.length + diff.collectedNoMore.length ? false : 'The same as before.',
        named('More than before', diff.collectedMore),
        named('No more', diff.collectedNoMore),
      ),
    ),
  )
  return wholeDocument(title, body)
}
