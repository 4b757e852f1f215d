/** What holds now: the decision, every feature, and every segmentation with all that it rests on. */

import type { AccessDocument, KeptSegment } from '../../../core/access.ts'
import type { Config } from '../../../core/config.ts'
import { CATEGORIES, type Grants, PURPOSES } from '../../../core/consent.ts'
import type { FeatureVector } from '../../../core/feature.ts'
import type { Model } from '../../../core/model.ts'
import type { State } from '../../../core/protocol/devtools.ts'
import { namesIn, type Segmentation } from '../../../core/segmentation.ts'
import { unitOf } from '../../../core/unit.ts'
import { type Child, type ElementNode, h } from '../../../view/element.ts'
import { counted } from '../../../view/format.ts'
import { segmentMap } from '../../../view/segment-map.ts'
import { sparkline } from '../../../view/sparkline.ts'
import { ENGLISH } from '../../../view/tongue.ts'
import { featureInWords } from './feature-words.ts'
import { nextFor } from './next-signals.ts'
import { bands, contributions, distances, rules } from './now-parts.ts'
import { createPath, type Path, type Step } from './path.ts'
import { redraw } from './redraw.ts'
import { section, table } from './sections.ts'
import type { SiteFiles } from './site-files.ts'
import { type Desk, place, type View } from './view.ts'

/** Pairs, as the code calls them. */
export const grid = (granted: Grants, config: Pick<Config, 'purposes' | 'categories'> = ALL): ElementNode =>
  table(
    'Pairs',
    ['Purpose', ...config.categories],
    config.purposes.map(purpose => [
      purpose,
      ...config.categories.map(category => {
        const yes = granted[purpose]?.includes(category)
        return h('span', { class: yes ? 'dt-holds-yes' : 'ns-quiet' }, yes ? 'granted' : 'denied')
      }),
    ]),
  )

const ALL = { purposes: PURPOSES, categories: CATEGORIES }

const decisionPart = ({ decision, optedOut }: State, { config }: SiteFiles): ElementNode =>
  section(
    'Decision',
    !decision
      ? h('p', {}, 'None: everything is denied.')
      : [
          grid(decision.grants, config),
          h(
            'dl',
            { class: 'dt-pairs' },
            [
              ['Number', String(decision.seq)],
              ['Until', decision.expires],
              [
                'Notice',
                `${decision.notice}${config && config.notice !== decision.notice ? ` (the config’s is ${config.notice}: asked again)` : ''}`,
              ],
              ['Receive', (decision.recipients ?? []).join(', ') || 'nobody else'],
              ...(decision.paused ? [['Paused', 'nothing is noted or sent']] : []),
              ...(optedOut
                ? [['GPC', decision.gpc ? 'on, and overruled by name' : 'on: all but personalization is denied']]
                : []),
              ...(decision.by === undefined
                ? []
                : [['Follows', decision.by < 0 ? 'the rules of a region' : 'another consent manager']]),
            ].map(([name, value]) => [h('dt', {}, name), h('dd', {}, value)]),
          ),
        ],
  )

const featurePart = (model: Model, kept: AccessDocument, steps: readonly Step[]): ElementNode =>
  h(
    'section',
    { class: 'dt-section dt-wide' },
    h('h2', {}, 'Features'),
    table(
      'Features',
      ['Feature', '#Number', 'Way', 'What it is', 'Used by'],
      model.features.map((spec, i) => {
        const value = kept.features.find(({ name }) => name === spec.name)?.value
        return [
          h('code', {}, spec.name),
          value == null ? h('span', { class: 'ns-quiet' }, 'not known') : ENGLISH.measured(value, unitOf(spec)),
          sparkline(steps.map(({ raws }) => raws[i])),
          h('span', { class: 'ns-quiet' }, featureInWords(spec)),
          model.segmentations
            .filter(it => namesIn(it).includes(spec.name))
            .map(({ id }) => id)
            .join(', '),
        ]
      }),
    ),
  )

const restsOn = (model: Model, it: Segmentation, kept: KeptSegment, raws: FeatureVector): Child => {
  if (it.kind === 'rules') return rules(it, model, raws)
  if (kept.unassigned) return undefined
  const said = h(
    'details',
    { 'data-key': `why-${it.id}`, open: true },
    h('summary', {}, 'Contributions'),
    contributions(model, kept),
  )
  return [it.kind === 'centroids' ? distances(it, kept) : bands(it, kept), said]
}

const segmentationPart = (
  model: Model,
  it: Segmentation,
  kept: KeptSegment,
  raws: FeatureVector,
  { decision }: State,
  steps: readonly Step[],
): ElementNode => {
  const missing = model.features.filter((_, i) => raws[i] == null).map(({ name }) => name)
  const { why, next } = nextFor(model, it, kept, decision, missing)
  const way = steps.map(({ places }) => places[it.id]).filter(each => each !== undefined)
  return h(
    'section',
    { class: 'dt-section dt-segmentation', 'data-segmentation': it.id },
    h('h2', {}, h('bdi', {}, it.label), ' ', h('code', {}, it.id)),
    h(
      'h3',
      { class: kept.unassigned ? 'dt-answer dt-none' : 'dt-answer' },
      h('bdi', {}, kept.unassigned ? 'Unassigned' : kept.label),
      ' ',
      h('code', {}, kept.segment),
      kept.pinned && h('span', { class: 'dt-chip' }, 'chosen by the visitor'),
      kept.held && h('span', { class: 'dt-chip' }, 'held'),
    ),
    why && h('p', {}, why),
    h(
      'p',
      { class: 'dt-next' },
      h('b', {}, kept.unassigned ? 'What would give one: ' : 'What would change it: '),
      next,
    ),
    restsOn(model, it, kept, raws),
    !kept.unassigned && segmentMap(kept, ENGLISH, way),
  )
}

const empty = (text: string): ElementNode => h('p', { class: 'dt-empty' }, text)

const drawn = (state: State | undefined, files: SiteFiles, steps: readonly Step[]): ElementNode => {
  if (!state) return empty('Nothing is known of the page yet.')
  const { model } = files
  const { kept } = state
  const raws = model?.features.map(({ name }) => kept?.features.find(each => each.name === name)?.value) ?? []
  return h(
    'div',
    { class: 'dt-columns' },
    decisionPart(state, files),
    state.unreadable !== undefined && section('What is kept cannot be read', h('p', {}, state.unreadable)),
    !kept &&
      empty(
        state.decision ? 'Nothing is kept yet: no signal has been admitted.' : 'Nothing is kept: nothing was granted.',
      ),
    kept &&
      model?.segmentations.map(it => {
        const each = kept.segments.find(({ segmentation }) => segmentation === it.id)
        return each && segmentationPart(model, it, each, raws, state, steps)
      }),
    kept && model && featurePart(model, kept, steps),
    kept && h('p', { class: 'ns-quiet dt-foot' }, `From ${counted(kept.signals.length, 'signal')}.`),
  )
}

export const createNow = ({ log, files }: Desk): View => {
  const element = place('dt-now')
  let shown: State | undefined
  let known: SiteFiles | undefined
  let path: Path | undefined

  const begin = (state: State | undefined): void => {
    shown = state
    known = files()
    path = known.model && state?.kept ? createPath(known.model, state.kept.signals) : undefined
  }

  return {
    id: 'now',
    title: 'Now',
    element,
    refresh: () => {
      const state = log.state()
      const same = state === shown && known === files()
      if (same && element.firstChild && !path) return false
      if (!same) begin(state)
      const more = path?.step() ?? false
      if (more) return true
      redraw(element, drawn(state, files(), path?.steps ?? []))
      path = undefined
      return false
    },
  }
}
