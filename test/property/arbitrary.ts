// What the properties are tried on: any signals, any features, any model.
import fc from 'fast-check'
import { AGGREGATES, type FeatureSpec, type Filter, type Selection } from '../../core/feature.ts'
import { hasField, isOpen, KIND_NAMES, KINDS, type Kind, PAGE_KINDS, type Signal } from '../../core/signal.ts'
import { count, seed } from '../harness/size.ts'

/** Runs of a property: `soak` at length, `modest` in `npm test`. */
export const runs = (soak: number, modest: number): fc.Parameters<unknown> => ({ seed, numRuns: count(soak, modest) })

/** `constructor` is a word that every object answers to. */
const WORDS = ['shoes', 'constructor', 'other', '7']
const CURRENCIES = ['EUR', 'USD']

const wordsOf = (field: string): readonly string[] =>
  field === 'page' ? PAGE_KINDS.slice(0, 3) : field === 'currency' ? CURRENCIES : WORDS

const fieldNames = (kind: Kind): string[] => Object.keys(KINDS[kind].fields)
const NUMERIC = ['ms', 'value', 'quantity', 'results', 'percent', 'clicks']
const numericOf = (kind: Kind): string[] => fieldNames(kind).filter(field => NUMERIC.includes(field))
const wordedOf = (kind: Kind): string[] => fieldNames(kind).filter(field => !NUMERIC.includes(field))
const filterable = (kind: Kind): string[] => wordedOf(kind).filter(field => field !== 'currency')

const valueFor = (field: string): fc.Arbitrary<string | number> =>
  field === 'percent'
    ? fc.nat(100)
    : NUMERIC.includes(field)
      ? fc.oneof(fc.nat(10), fc.nat(1_000_000))
      : fc.constantFrom(...wordsOf(field))

const anyKind = fc.constantFrom(...KIND_NAMES)

/** A signal of `kind` at `at`; any of its fields may be missing. */
export const signalOf = (kind: Kind, at: number): fc.Arbitrary<Signal> =>
  fc
    .record(Object.fromEntries(fieldNames(kind).map(field => [field, valueFor(field)])), { requiredKeys: [] })
    .map(fields => ({ kind, at, ...fields }))

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** Close to a day's end, so that a few minutes cross it. */
export const START_MS = 20_000 * DAY_MS - 40 * MINUTE_MS

/** Steps between signals: none, seconds, to either side of a session's end, hours, days. */
const step = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 5 * MINUTE_MS }) },
  { weight: 3, arbitrary: fc.constantFrom(30 * MINUTE_MS - 1, 30 * MINUTE_MS, 30 * MINUTE_MS + 1) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 12 * 60 * MINUTE_MS }) },
  { weight: 1, arbitrary: fc.constantFrom(DAY_MS - 1, DAY_MS, 3 * DAY_MS) },
)

const signalsOf = (kinds: fc.Arbitrary<Kind>): fc.Arbitrary<Signal[]> =>
  fc.array(fc.tuple(kinds, step), { maxLength: 30 }).chain(steps => {
    let at = START_MS
    const timed = steps.map(([kind, ms]) => {
      at += ms
      return signalOf(kind, at)
    })
    return fc.tuple(...timed)
  })

/** Signals over minutes or weeks, in the order of their times. */
export const anySignals = signalsOf(anyKind)

const filterOf = (kind: Kind): fc.Arbitrary<Filter> =>
  fc.record<{ [field: string]: string[] }>(
    Object.fromEntries(
      filterable(kind).map(field => [
        field,
        // `other` stands for the site's own words that no feature names, so that none may name it.
        fc.uniqueArray(fc.constantFrom(...wordsOf(field).filter(word => word !== 'other' || !isOpen(kind, field))), {
          minLength: 1,
          maxLength: 3,
        }),
      ]),
    ),
    { requiredKeys: [] },
  )

const selectionOf = (kind: Kind): fc.Arbitrary<Selection> =>
  fc.option(filterOf(kind), { nil: undefined }).map(where => (where ? { kind, where } : { kind }))

const fieldsFor = (aggregate: FeatureSpec['aggregate'], kind: Kind): readonly string[] =>
  ['sum', 'mean', 'max'].includes(aggregate)
    ? numericOf(kind)
    : aggregate === 'sequence'
      ? filterable(kind)
      : ['distinct', 'entropy', 'returns'].includes(aggregate)
        ? wordedOf(kind)
        : []

const needsField = ['sum', 'mean', 'max', 'distinct', 'entropy', 'sequence', 'returns']

const specOf = (name: string, aggregate: FeatureSpec['aggregate'], kind: Kind): fc.Arbitrary<FeatureSpec> => {
  const fields = fieldsFor(aggregate, kind)
  // A kind without such a field: the count is asked instead.
  if (needsField.includes(aggregate) && !fields.length) return specOf(name, 'count', kind)
  const days = aggregate === 'distinct' ? [undefined] : []
  const field = fc.constantFrom(...(fields.length ? [...fields, ...days] : [undefined]))
  return fc
    .record({
      selection: selectionOf(kind),
      field,
      over: anyKind.chain(selectionOf),
      window: fc.oneof(
        ...(aggregate === 'sessions' ? [] : [fc.constant('session' as const)]),
        fc.integer({ min: 1, max: 9 }),
      ),
      per: fc.constantFrom(undefined, 2, 1000, DAY_MS),
      transform: fc.constantFrom(undefined, 'log1p' as const, 'sqrt' as const),
    })
    .chain(({ selection, field, over, window, per, transform }) =>
      fc
        .tuple(fc.constantFrom(...wordsOf(field ?? '')), fc.constantFrom(...wordsOf(field ?? '')))
        .map(([from, to]) => ({
          name,
          ...selection,
          // What tells words of the site's own apart has to list them.
          ...(field && isOpen(kind, field) ? { where: { [field]: ['shoes', '7'], ...selection.where } } : {}),
          aggregate,
          ...(field ? { field } : {}),
          ...(aggregate === 'ratio' ? { over } : {}),
          ...(aggregate === 'sequence' ? { from, to } : {}),
          window,
          ...(per ? { per } : {}),
          ...(transform ? { transform } : {}),
        })),
    )
}

const specsOf = (kinds: fc.Arbitrary<Kind>): fc.Arbitrary<FeatureSpec[]> =>
  fc.boolean().chain(ordered =>
    fc
      .array(fc.tuple(fc.constantFrom(...AGGREGATES.filter(each => ordered || each !== 'sequence')), kinds), {
        minLength: 1,
        maxLength: 9,
      })
      .chain(asked => fc.tuple(...asked.map(([aggregate, kind], i) => specOf(`f${i}`, aggregate, kind)))),
  )

/** One to nine features, of any aggregate and window. Half of all sets have no `sequence`, which alone depends on order. */
export const anySpecs = specsOf(anyKind)

const worldOf = (kinds: fc.Arbitrary<Kind>) => fc.record({ specs: specsOf(kinds), signals: signalsOf(kinds) })
/** Features and signals: of any kinds, or of one kind only, so that they meet. */
export const anyWorld = fc.oneof(
  worldOf(anyKind),
  ...(['page_view', 'view_item'] as const).map(kind => worldOf(fc.constant(kind))),
)

/** The same things in any order. */
export const shuffled = <T>(things: readonly T[]): fc.Arbitrary<T[]> =>
  fc.shuffledSubarray([...things], { minLength: things.length, maxLength: things.length })

/** A few of them moved back by a few places. */
export const someLate = <T>(things: readonly T[]): fc.Arbitrary<T[]> =>
  fc
    .array(fc.tuple(fc.nat(Math.max(0, things.length - 1)), fc.integer({ min: 1, max: 4 })), { maxLength: 4 })
    .map(moves => {
      const order = [...things]
      for (const [from, by] of moves) order.splice(from + by, 0, ...order.splice(from, 1))
      return order
    })

/** Every signal that could tell two sets of needs apart: each kind, with each word of each field, and without the field. */
export const everySignal = (): Signal[] =>
  KIND_NAMES.flatMap(kind =>
    wordedOf(kind).reduce<Signal[]>(
      (signals, field) =>
        signals.flatMap(signal => [
          signal,
          ...wordsOf(field)
            .concat('else')
            .map(word => ({ ...signal, [field]: word })),
        ]),
      [{ kind, at: START_MS, ...Object.fromEntries(numericOf(kind).map(field => [field, 1])) }],
    ),
  ).filter(signal =>
    Object.keys(signal).every(field => field === 'kind' || field === 'at' || hasField(signal.kind, field)),
  )
