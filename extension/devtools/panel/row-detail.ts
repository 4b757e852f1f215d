/** Everything about one row: what it means, what led to it, and the row itself as JSON. */

import { featuresOf } from '../../../core/model.ts'
import { concerns } from '../../../core/partial.ts'
import type { Happening, State } from '../../../core/protocol/devtools.ts'
import { categoryOf } from '../../../core/signal.ts'
import { type Child, type ElementNode, h } from '../../../view/element.ts'
import { counted } from '../../../view/format.ts'
import { press } from './press.ts'
import { wordsOf } from './row-words.ts'
import type { SiteFiles } from './site-files.ts'
import { whyRefused } from './why-refused.ts'

export interface DetailContext {
  readonly state: State | undefined
  readonly files: SiteFiles
  readonly changed: readonly string[]
  readonly causes: readonly Happening[]
  /** What the changed segments were before. */
  readonly before: { readonly [segmentation: string]: string }
}

/** More than anybody goes through by hand; the filter shows them all. */
const MOST_LISTED = 12

const point = (problem: Child, mend?: Child): ElementNode =>
  h('div', { class: 'dt-point' }, h('p', {}, problem), mend && h('p', { class: 'ns-quiet' }, mend))

const used = (row: Extract<Happening, { what: 'signal' }>, { model }: SiteFiles): Child => {
  const category = categoryOf(row.signal.kind)
  const specs = model?.features.filter(spec => concerns(spec, row.signal)) ?? []
  const asked = model?.segmentations.filter(it => featuresOf(model, it).some(spec => specs.includes(spec))) ?? []
  return [
    point(`Admitted: ${category} is granted, and the model asks for ${row.signal.kind}.`),
    specs.length > 0 &&
      h(
        'dl',
        { class: 'dt-pairs' },
        h('dt', {}, 'Features'),
        h('dd', {}, specs.map(({ name }) => name).join(', ')),
        h('dt', {}, 'Segmentations'),
        h('dd', {}, asked.map(({ id }) => id).join(', ') || 'none'),
        h('dt', {}, 'Batch'),
        h('dd', {}, String(row.batch)),
      ),
  ]
}

const moves = (
  row: Extract<Happening, { what: 'segments' }>,
  { changed, before, files: { model } }: DetailContext,
): Child => {
  const name = (segmentation: string, id: string | undefined): string => {
    const it = model?.segmentations.find(each => each.id === segmentation)
    const label = it?.segments.find(each => each.id === id)?.label
    return id === undefined ? 'nothing' : label ? `${label} (${id})` : id
  }
  return changed.length
    ? changed.map(id => point(`${id}: from ${name(id, before[id])} to ${name(id, row.segments[id])}.`))
    : point('Told again; nothing has changed.')
}

const meaning = (row: Happening, context: DetailContext): Child => {
  switch (row.what) {
    case 'signal':
      return used(row, context.files)
    case 'refused': {
      const { problem, mend } = whyRefused(row.kind, row.reason, context.state, context.files)
      return point(problem, mend)
    }
    case 'segments':
      return moves(row, context)
    case 'blocked':
      return point(
        `The page’s content security policy does not let it load ${row.url}.`,
        `Allow it in ${row.directive}; docs/install.md lists what Nearside needs.`,
      )
    default:
      return undefined
  }
}

const causeList = (row: Happening, causes: readonly Happening[]): Child =>
  causes.length > 0 &&
  h(
    'section',
    { class: 'dt-causes' },
    h('h3', {}, `What led to it: ${counted(causes.length, 'row')}`),
    h(
      'ul',
      {},
      causes.slice(-MOST_LISTED).map(cause => {
        const { name, rest } = wordsOf(cause)
        return h('li', {}, press('jump', [h('b', {}, name), ' ', rest], { 'data-n': cause.n }, 'dt-link'))
      }),
    ),
    press('because', 'Show only these', { 'data-n': row.n }),
  )

export const rowDetail = (row: Happening, context: DetailContext): ElementNode => {
  const { what, name, tone } = wordsOf(row)
  return h(
    'div',
    { class: 'dt-detail-content' },
    h('h2', { class: `dt-tone-${tone}`, tabindex: -1 }, `${what} `, h('bdi', {}, name)),
    meaning(row, context),
    causeList(row, context.causes),
    h('pre', { class: 'dt-json', tabindex: 0, 'aria-label': 'The row as JSON' }, JSON.stringify(row, null, 2)),
  )
}
