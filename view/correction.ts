/** Setting right: a form for a signal, and what may be said of a segment. */

import type { KeptSegment } from '../core/access.ts'
import type { Need } from '../core/needs.ts'
import { KINDS, PAGE_KINDS, type Signal } from '../core/signal.ts'
import { actions, button, submit } from './controls.ts'
import { type Child, type ElementNode, h } from './element.ts'
import { spoken } from './format.ts'
import { pageName } from './note.ts'
import type { Tongue, Words } from './tongue.ts'

const SECOND_MS = 1000

type FieldOf<Name> = Name extends `field-${infer Field}` ? Field : never
type Field = FieldOf<keyof Words>

/** So many of what is kept make one of what is shown: seconds, not milliseconds; euros, not cents. */
const sizeOf = (field: string, { currency }: Signal, { minor }: Tongue): number =>
  field === 'ms' ? SECOND_MS : field === 'value' && typeof currency === 'string' ? minor(currency) : 1

/** The words that a field may hold: those that the features look for, as no other is kept. */
const wordsFor = (field: string, need: Need | undefined): readonly string[] =>
  need?.words?.[field] ?? (field === 'page' ? PAGE_KINDS : [])

const optionName = (field: string, word: string, tongue: Tongue): string =>
  field === 'page' ? pageName(word, tongue) : spoken(word)

const choice = (field: string, signal: Signal, among: readonly string[], tongue: Tongue): ElementNode =>
  h(
    'select',
    { name: field },
    [...new Set([...among, String(signal[field])])].map(word =>
      h('option', { value: word, selected: word === signal[field] }, optionName(field, word, tongue)),
    ),
  )

const input = (field: string, signal: Signal, tongue: Tongue): ElementNode => {
  const value = signal[field]
  if (typeof value !== 'number') return h('input', { name: field, value: String(value), required: true, maxlength: 32 })
  const size = sizeOf(field, signal, tongue)
  const most = field === 'percent' ? 100 : undefined
  return h('input', {
    name: field,
    type: 'number',
    min: 0,
    max: most,
    step: 1 / size,
    value: value / size,
    required: true,
  })
}

/** The fields that a signal holds, in the order of its kind. */
const fieldsOf = (signal: Signal): Field[] =>
  (Object.keys(KINDS[signal.kind].fields) as Field[]).filter(field => signal[field] !== undefined)

/** Can anything about it be changed? */
export const isChangeable = (signal: Signal): boolean => fieldsOf(signal).length > 0

/** @param key what tells it from others, handed back in `data-note` */
export const correctionForm = (signal: Signal, key: number, needs: readonly Need[], tongue: Tongue): ElementNode => {
  const need = needs.find(({ kind }) => kind === signal.kind)
  return h(
    'form',
    { class: 'ns-form', 'data-does': 'save', 'data-note': key },
    fieldsOf(signal).map(field => {
      const among = wordsFor(field, need)
      return h(
        'label',
        { class: 'ns-field' },
        h('span', {}, tongue.words[`field-${field}`]),
        among.length ? choice(field, signal, among, tongue) : input(field, signal, tongue),
      )
    }),
    actions(submit(tongue.words['say-save'], 'strong'), button('cancel', tongue.words['say-cancel'])),
  )
}

/** What the form says now. @param values by field, as a browser reads them out of it */
export const corrected = (signal: Signal, values: { readonly [field: string]: string }, tongue: Tongue): Signal => {
  const read = fieldsOf(signal).map(field => {
    const value = values[field] ?? ''
    return [
      field,
      typeof signal[field] === 'number' ? Math.round(Number(value) * sizeOf(field, signal, tongue)) : value,
    ]
  })
  return { ...signal, ...Object.fromEntries(read) }
}

const radio = (it: KeptSegment, { segment, label, description }: KeptSegment['among'][number]): ElementNode =>
  h(
    'label',
    { class: 'ns-choice' },
    h('input', { type: 'radio', name: 'segment', value: segment, required: true, checked: segment === it.segment }),
    h('span', {}, h('bdi', { class: 'ns-name' }, label), h('small', { class: 'ns-quiet' }, h('bdi', {}, description))),
  )

/** `That is right`, `Not me`, another one, or what was said taken back. */
export const segmentControls = (it: KeptSegment, { words }: Tongue): Child => {
  if (it.unassigned === 'denied') return undefined
  const about = { 'data-of': it.segmentation, 'data-segment': it.segment }
  const said = it.pinned || it.unassigned === 'not-me'
  return [
    said
      ? actions(button('undo', words['say-undo'], 'plain', about))
      : !it.unassigned &&
        actions(button('right', words['say-right'], 'plain', about), button('not', words['say-not'], 'plain', about)),
    h(
      'details',
      { class: 'ns-choose', 'data-fold': `choose-${it.segmentation}` },
      h('summary', {}, words['say-another']),
      h(
        'form',
        { class: 'ns-form', 'data-does': 'choose', 'data-of': it.segmentation },
        h(
          'fieldset',
          {},
          h('legend', { class: 'ns-unseen' }, it.question),
          it.among.slice(1).map(each => radio(it, each)),
        ),
        actions(submit(words['say-choose'])),
      ),
    ),
  ]
}
