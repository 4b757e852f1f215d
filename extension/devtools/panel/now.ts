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

/** What was worked out here again, beside what the device says: windows that it has not seen all of it does not tell of. */
const checkPart = (model: Model, kept: AccessDocument, steps: readonly Step[]): Child => {
  const here = steps.at(-1)?.raws
  if (!here) return undefined
  const differing = model.features.filter(({ name }, i) => {
    const told = kept.features.find(each => each.name === name)?.value ?? null
    return told !== null && told !== (here[i] ?? null)
  })
  const from = `From ${counted(kept.signals.length, 'signal')}`
  return differing.length
    ? h(
        'p',
        { class: 'dt-fault dt-wide', role: 'alert' },
        `${from}, ${differing.map(({ name }) => name).join(', ')} come to something else here than on the device. Is this panel of the same version as the site’s Nearside?`,
      )
    : h('p', { class: 'ns-quiet dt-wide' }, `${from}. Worked out again here, all of it comes to the same.`)
}

/** Why there is nothing to show. */
const NOTHING: { readonly [S in State['seen']]?: string } = {
  absent: 'This page has no Nearside: no script of it, and nothing kept.',
  undecided: 'Nothing is kept: the visitor was not asked, or has not answered.',
  refused: 'Nothing is kept: everything was denied.',
  erased: 'Nothing is kept: all was deleted.',
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
    !kept && empty(NOTHING[state.seen] ?? 'Nothing is kept yet: no signal has been admitted.'),
    kept &&
      model?.segmentations.map(it => {
        const each = kept.segments.find(({ segmentation }) => segmentation === it.id)
        return each && segmentationPart(model, it, each, raws, state, steps)
      }),
    kept && model && featurePart(model, kept, steps),
    kept && model && checkPart(model, kept, steps),
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
    path =
      known.model && state?.kept ? createPath(known.model, state.kept.signals, undefined, state.kept.made) : undefined
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
