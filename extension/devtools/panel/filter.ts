/**
 * What the stream is narrowed by: `kind:view_item,purchase refused:true -load:1 segmentation:cart basket`. Every term has to hold; words
 * with a comma between them are alternatives, a `-` before a term turns it round, and quotes keep spaces together.
 */

import { featuresOf, type Model } from '../../../core/model.ts'
import { concerns } from '../../../core/partial.ts'
import { parseAnyReport } from '../../../core/private-report.ts'
import type { Happening } from '../../../core/protocol/devtools.ts'
import { categoryOf, KIND_NAMES, type Signal } from '../../../core/signal.ts'
import { textOf } from './row-words.ts'

/** What rows are looked at with. */
export interface FilterContext {
  readonly model?: Model | undefined
  /** The segmentations whose segment a row has changed. */
  changed(row: Happening): readonly string[]
  /** The rows that led to this one, by number; see `cause.ts`. */
  causes(n: number): ReadonlySet<number>
}

export interface Filter {
  readonly text: string
  /** What is not understood, a sentence each. The rest holds all the same. */
  readonly faults: readonly string[]
  matches(row: Happening): boolean
}

type Test = (row: Happening, value: string, context: FilterContext) => boolean

const isTrue = (value: string): boolean => value !== 'false'

const kindOf = (row: Happening): string | undefined =>
  row.what === 'signal' ? row.signal.kind : row.what === 'refused' ? row.kind : undefined

const categoryIn = (row: Happening): string | undefined => {
  const kind = KIND_NAMES.find(each => each === kindOf(row))
  return kind && categoryOf(kind)
}

const feeds = (signal: Signal, names: (name: string) => boolean, model: Model | undefined): boolean =>
  model?.features.some(spec => names(spec.name) && concerns(spec, signal)) ?? false

const reported = (body: string): string | undefined => {
  try {
    return parseAnyReport(body).segmentation
  } catch {
    return undefined
  }
}

const isOfSegmentation: Test = (row, id, { model, changed }) => {
  if (row.what === 'segments') return changed(row).includes(id)
  if (row.what === 'request') return row.body !== undefined && reported(row.body) === id
  const it = model?.segmentations.find(each => each.id === id)
  const names = model && it ? featuresOf(model, it).map(({ name }) => name) : []
  return row.what === 'signal' && feeds(row.signal, name => names.includes(name), model)
}

const isFaulty = (row: Happening): boolean =>
  row.what === 'problem' ||
  row.what === 'blocked' ||
  (row.what === 'answer' && (row.error ?? row.problem) !== undefined) ||
  (row.what === 'request' && (row.status === 0 || row.status >= 400))

const TESTS = {
  what: (row, value) => row.what === value,
  kind: (row, value) => kindOf(row) === value,
  refused: (row, value) =>
    ['true', 'false'].includes(value)
      ? (row.what === 'refused') === isTrue(value)
      : row.what === 'refused' && row.reason === value,
  category: (row, value) => categoryIn(row) === value,
  segmentation: isOfSegmentation,
  feature: (row, value, { model }) => row.what === 'signal' && feeds(row.signal, name => name === value, model),
  verb: (row, value) => (row.what === 'call' || row.what === 'answer') && row.verb === value,
  request: (row, value) => row.what === 'request' && row.kind === value,
  load: (row, value) => row.load === Number(value),
  error: (row, value) => isFaulty(row) === isTrue(value),
  because: (row, value, { causes }) => row.n === Number(value) || causes(Number(value)).has(row.n),
} as const satisfies { readonly [key: string]: Test }

export type FilterKey = keyof typeof TESTS
export const FILTER_KEYS = Object.keys(TESTS) as FilterKey[]

const TERM = /(-?)(?:([a-z]+):)?("[^"]*"|[^\s"]+)/g

interface Term {
  readonly not: boolean
  readonly key: string | undefined
  readonly values: readonly string[]
}

const termsIn = (text: string): Term[] =>
  [...text.matchAll(TERM)].map(([, minus, key, value = '']) => {
    const quoted = value.startsWith('"')
    return { not: minus === '-', key, values: quoted ? [value.slice(1, -1)] : value.split(',').filter(Boolean) }
  })

const isKey = (key: string): key is FilterKey => Object.hasOwn(TESTS, key)

const testOf = ({ key, values }: Term, context: FilterContext): ((row: Happening) => boolean) => {
  if (key !== undefined && isKey(key)) {
    const test: Test = TESTS[key]
    return row => values.some(value => test(row, value, context))
  }
  const words = values.map(value => value.toLowerCase())
  return row => words.some(word => textOf(row).includes(word))
}

export const parseFilter = (text: string, context: FilterContext): Filter => {
  const terms = termsIn(text).filter(({ values }) => values.length)
  const isKnown = ({ key }: Term): boolean => key === undefined || isKey(key)
  const tests = terms.filter(isKnown).map(term => {
    const test = testOf(term, context)
    return (row: Happening): boolean => test(row) !== term.not
  })
  return {
    text,
    faults: terms.flatMap(term =>
      isKnown(term) ? [] : `${term.key}: is not known here. Known: ${FILTER_KEYS.join(', ')}.`,
    ),
    matches: row => tests.every(test => test(row)),
  }
}
