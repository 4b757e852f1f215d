/** A column bound to a feature: how its numbers become the raw numbers that a device would have counted. */

import { exp } from '../core/elementary.ts'
import type { FeatureSpec } from '../core/feature.ts'
import { parseFeature } from '../core/feature-spec.ts'
import { fault, object, oneOf, optional, type Parser, real, text } from '../core/parse.ts'
import { type Cell, type Defect, numberIn, textIn } from './table.ts'

/** A column that no device can observe: a model that uses one is `offline`. */
export interface OfflineFeature {
  readonly name: string
  readonly transform?: 'log1p' | 'sqrt'
  /** The column holds words: 1 where it is this one, else 0. */
  readonly is?: string
}

export type Binding =
  | { readonly column: string; readonly times: number; readonly feature: FeatureSpec }
  | { readonly column: string; readonly offline: OfflineFeature }

const column = text(120, undefined, 'the name of a column')

/** A number above 0. */
export const above: Parser<number> = (value, place) => {
  const factor = real(value, place)
  return factor > 0 ? factor : fault(place, `found ${factor}`, 'Expected a number above 0')
}

const parseOffline = object({
  column,
  offline: object({
    name: text(40, /^[a-z][a-z0-9_]*$/, 'a name in lower case, digits and _'),
    transform: optional(oneOf(['log1p', 'sqrt'])),
    is: optional(text(120)),
  }),
})

const parseSignals = object({ column, times: optional(above), feature: parseFeature })

/** Reads one row of `vector`. @throws ParseError */
export const parseBinding: Parser<Binding> = (value, place) =>
  Object.hasOwn((value ?? {}) as object, 'offline')
    ? parseOffline(value, place)
    : { times: 1, ...parseSignals(value, place) }

export const nameOf = (it: Binding): string => ('offline' in it ? it.offline.name : it.feature.name)

/** What stands for the feature while training: an offline column behaves as a count, taken as it is. */
export const specOf = (it: Binding): FeatureSpec => {
  if (!('offline' in it)) return it.feature
  const { is: _, ...named } = it.offline
  return { ...named, kind: 'page_view', aggregate: 'count', window: 'session' }
}

/** These are whole numbers on a device: it counts events, milliseconds and minor units. */
const WHOLE: readonly FeatureSpec['aggregate'][] = [
  'count',
  'sum',
  'max',
  'distinct',
  'recency',
  'span',
  'sequence',
  'returns',
  'sessions',
]

/** Why a row cannot be used. */
export type Reason = Defect | 'negative' | 'too large' | 'more than all' | 'nothing seen'

/** The raw number of a cell in the unit of the feature's signals, or why there is none. */
export const rawOf = (it: Binding, cell: Cell): number | Reason => {
  if ('offline' in it && it.offline.is !== undefined) {
    const word = textIn(cell)
    return word === null ? 'missing' : Number(word === it.offline.is)
  }
  const value = numberIn(cell)
  if (typeof value !== 'number') return value
  const { aggregate, transform } = specOf(it)
  const offline = 'offline' in it
  const exact = offline ? value : value * it.times
  const raw = !offline && WHOLE.includes(aggregate) ? Math.floor(exact + 0.5) : exact
  if (Math.abs(raw) > Number.MAX_SAFE_INTEGER) return 'too large'
  if (aggregate === 'share' && raw > 1) return 'more than all'
  // A device counts from zero, and a logarithm or a root has no use for less.
  return value < 0 && (!offline || transform) ? 'negative' : raw
}

/** The raw number that `transform` of core would have turned into `x`, to about 14 digits. */
export const untransform = (spec: FeatureSpec, x: number): number => {
  const value = spec.transform === 'log1p' ? exp(x) - 1 : spec.transform === 'sqrt' ? x * x : x
  return spec.per && spec.aggregate !== 'recency' ? value * spec.per : value
}
