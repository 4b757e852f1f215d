/** How it goes: what is wrong and how to mend it, sizes, times, storage, the model's standing, needs against what pages emit. */

import type { AccessDocument } from '../../../core/access.ts'
import { CATEGORIES, type Category } from '../../../core/consent.ts'
import { DAY_MS, dateOf } from '../../../core/epoch.ts'
import { modelId } from '../../../core/model.ts'
import type { Happening, State } from '../../../core/protocol/devtools.ts'
import { categoryOf, KIND_NAMES } from '../../../core/signal.ts'
import { type Child, type ElementNode, h } from '../../../view/element.ts'
import { counted } from '../../../view/format.ts'
import { ENGLISH } from '../../../view/tongue.ts'
import type { Finding } from './finding.ts'
import { findingsIn } from './findings.ts'
import { onPress, press } from './press.ts'
import { redraw } from './redraw.ts'
import { section, table } from './sections.ts'
import type { SiteFiles } from './site-files.ts'
import { callTallies, kindTallies } from './tallies.ts'
import { type Desk, place, type View } from './view.ts'

const { number } = ENGLISH

const findingPart = ({ level, place: at, problem, mend, row }: Finding): ElementNode =>
  h(
    'li',
    { class: `dt-finding dt-level-${level}`, 'data-level': level },
    h('span', { class: 'dt-level' }, level),
    h(
      'div',
      {},
      h('p', {}, h('code', {}, h('bdi', {}, at)), ' ', h('bdi', {}, problem)),
      h(
        'p',
        { class: 'ns-quiet' },
        `${mend}. `,
        row !== undefined && press('jump', `row ${row}`, { 'data-n': row }, 'dt-link'),
      ),
    ),
  )

const findingsPart = (findings: readonly Finding[]): ElementNode =>
  h(
    'section',
    { class: 'dt-section dt-wide' },
    h('h2', {}, 'To look at'),
    findings.length
      ? h('ul', { class: 'dt-plain' }, findings.map(findingPart))
      : h('p', {}, 'Nothing: what can be checked from here is as it should be.'),
  )

const kindsPart = (rows: readonly Happening[], { config }: SiteFiles): Child => {
  const tallies = config ? kindTallies(rows, config.needs) : []
  if (!tallies.length) return undefined
  return section(
    'Needs against what pages emit',
    table(
      'Needs against what pages emit',
      ['Kind', '#Admitted', 'Refused', 'Wanted for'],
      tallies.map(({ kind, admitted, refused, features }) => [
        h('code', {}, kind),
        number(admitted),
        Object.entries(refused)
          .map(([reason, n]) => `${n} ${reason}`)
          .join(', '),
        features.length ? features.join(', ') : h('span', { class: 'dt-holds-unknown' }, 'nothing: emitted in vain'),
      ]),
    ),
  )
}

const callsPart = (rows: readonly Happening[]): Child => {
  const tallies = callTallies(rows)
  return (
    tallies.length > 0 &&
    section(
      'Worker',
      table(
        'Worker',
        ['Call', '#Calls', '#Median ms', '#Most ms', '#Bytes', '#Failed'],
        tallies.map(({ verb, calls, median, most, bytes, failed }) => [
          verb,
          number(calls),
          number(median),
          number(most),
          number(bytes),
          number(failed),
        ]),
      ),
    )
  )
}

const filesPart = ({ files }: State): Child => {
  const sum = (field: 'sent' | 'bytes'): number => files.reduce((total, file) => total + file[field], 0)
  return (
    files.length > 0 &&
    section(
      'Files',
      table(
        'Files',
        ['File', '#Over the wire', '#Unpacked', '#ms'],
        [
          ...files.map(({ name, sent, bytes, ms }) => [
            name,
            sent ? number(sent) : 'from a cache',
            bytes ? number(bytes) : 'not told',
            number(ms),
          ]),
          [h('strong', {}, 'Together'), number(sum('sent')), number(sum('bytes')), ''],
        ],
      ),
    )
  )
}

/** Of each category: how many signals, and when the oldest of them is deleted by age. */
const signalRows = ({ signals, retention }: AccessDocument): string[][] => {
  const kinds = new Map(KIND_NAMES.map(kind => [kind, categoryOf(kind)]))
  const known = new Map<Category, { count: number; oldest: number }>()
  for (const { kind, at } of signals) {
    const category = kinds.get(kind) as Category
    const { count, oldest } = known.get(category) ?? { count: 0, oldest: at }
    known.set(category, { count: count + 1, oldest: Math.min(oldest, at) })
  }
  return CATEGORIES.flatMap(category => {
    const { count, oldest } = known.get(category) ?? {}
    const days = retention[category]
    if (!count || oldest === undefined) return []
    return [[`signals of ${category}`, number(count), days ? dateOf(oldest + (days + 1) * DAY_MS) : '']]
  })
}

const keptRows = ({ kept }: State): readonly (readonly Child[])[] => {
  if (!kept) return []
  const folded = kept.folded ? ` (${kept.folded.kept.length} kept of those folded)` : ''
  return [
    ...signalRows(kept),
    ['ledger entries', `${number(kept.ledger.length)}${folded}`, ''],
    ['reports that wait', number(kept.waiting.length), ''],
  ]
}

const storagePart = (state: State): ElementNode =>
  section(
    'Storage',
    table(
      'What is kept',
      ['What', '#How much', 'First to go'],
      [
        ...keptRows(state),
        ...Object.entries(state.keys).map(([key, length]) => [h('code', {}, key), counted(length, 'character'), '']),
        ...(state.tail ? [['signals in last words', number(state.tail), 'at the next start']] : []),
      ],
    ),
    state.usage &&
      h(
        'p',
        { class: 'ns-quiet' },
        `The origin uses ${number(state.usage.used)} of ${number(state.usage.quota)} bytes, other data included.`,
      ),
  )

const modelPart = ({ kept }: State, { model, config }: SiteFiles): Child => {
  if (!model) return undefined
  const it = kept?.model
  const facts: readonly (readonly [string, string])[] = [
    ['At work', it?.id ?? `none yet (${modelId(model)} is served)`],
    ['Expires', model.expires],
    [
      'Signed',
      it?.signed
        ? 'yes, by the key in nearside.json'
        : config?.modelKey
          ? 'not checked yet'
          : 'no key in nearside.json',
    ],
    [
      'Log',
      it?.log
        ? `stands in it: ${counted(it.log.size, 'entry', 'entries')}`
        : config?.log
          ? 'not checked yet'
          : 'no log in nearside.json',
    ],
    ['Smallest group', `${model.guarantee.minimumSize} people`],
    ['Basis', model.guarantee.basis],
  ]
  return section(
    'Model',
    h(
      'dl',
      { class: 'dt-pairs' },
      facts.map(([name, value]) => [h('dt', {}, name), h('dd', {}, h('bdi', {}, value))]),
    ),
  )
}

const drawn = (rows: readonly Happening[], state: State | undefined, files: SiteFiles): ElementNode =>
  h(
    'div',
    { class: 'dt-columns' },
    findingsPart(findingsIn(rows, state, files)),
    kindsPart(rows, files),
    callsPart(rows),
    state && modelPart(state, files),
    state && storagePart(state),
    state && filesPart(state),
  )

/** The stream may bring many rows a second: it is all counted again at most so often. */
const AGAIN_AFTER_MS = 500

export const createHealth = ({ log, files, jump, changed }: Desk): View => {
  const element = place('dt-health')
  let seen = -1
  let state: State | undefined
  let due = 0
  let waiting = false
  onPress(element, (does, button) => does === 'jump' && jump(Number(button.dataset.n)))
  return {
    id: 'health',
    title: 'Health',
    element,
    refresh: () => {
      const last = log.rows().at(-1)?.n ?? 0
      if (last === seen && state === log.state()) return false
      if (state === log.state() && performance.now() < due) {
        if (!waiting)
          setTimeout(() => {
            waiting = false
            changed()
          }, AGAIN_AFTER_MS)
        waiting = true
        return false
      }
      due = performance.now() + AGAIN_AFTER_MS
      seen = last
      state = log.state()
      redraw(element, drawn(log.rows(), state, files()))
      return false
    },
  }
}
