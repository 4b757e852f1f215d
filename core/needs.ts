/**
 * What a model's features ask for. The trainer writes it into the site's config, so that the gate works from the first signal
 * and the notice can say why each kind is wanted; a model that asks for more than its config says is refused.
 */

import type { FeatureSpec, Selection } from './feature.ts'
import { expected, fault, list, mapOf, object, oneOf, optional, type Parser, text, unique } from './parse.ts'
import { hasField, isOpen, KIND_NAMES, type Kind, WORD, word, wordOf } from './signal.ts'

export interface Need {
  readonly kind: Kind
  /** The fields that are kept; all others are left out at the gate. */
  readonly fields: readonly string[]
  /**
   * By word field: the words that count. A signal with another word is not needed; but where `other` stands among words of the
   * site's own, it is kept with `other` in place of what it said. Each field of such words that is kept is listed here.
   */
  readonly words?: { readonly [field: string]: readonly string[] }
  /** The features that ask, which is the reason a visitor is told. */
  readonly features: readonly string[]
}

const selectionsOf = (spec: FeatureSpec): Selection[] => [
  spec,
  ...(spec.aggregate === 'share' ? [{ kind: spec.kind }] : []),
  ...(spec.over ? [spec.over] : []),
]

const addTo = <K, V>(sets: Map<K, Set<V>>, key: K, values: readonly V[]): void => {
  const set = sets.get(key) ?? new Set()
  for (const value of values) set.add(value)
  sets.set(key, set)
}

/** The least that these features can be computed from, kind by kind in alphabetical order. */
export const needsOf = (features: readonly FeatureSpec[]): Need[] => {
  const fields = new Map<Kind, Set<string>>()
  const reasons = new Map<Kind, Set<string>>()
  const filters = new Map<Kind, (Selection['where'] | undefined)[]>()
  for (const spec of features) {
    for (const selection of selectionsOf(spec)) {
      const { kind } = selection
      const own = selection.kind === spec.kind && spec.field ? [spec.field] : []
      addTo(fields, kind, [
        ...own,
        ...Object.keys(selection.where ?? {}),
        ...Object.keys(spec.kind === kind ? (spec.where ?? {}) : {}),
      ])
      addTo(reasons, kind, [spec.name])
      filters.set(kind, [...(filters.get(kind) ?? []), selection.where])
    }
  }
  return [...fields.keys()].sort().map(kind => {
    const words = wordsIn(kind, filters.get(kind) ?? [])
    return {
      kind,
      fields: [...(fields.get(kind) ?? [])].sort(),
      ...(words ? { words } : {}),
      features: [...(reasons.get(kind) ?? [])].sort(),
    }
  })
}

/** The union of the words in filters, for fields that every filter names, and for all that hold a site's own words. */
const wordsIn = (kind: Kind, filters: readonly Selection['where'][]): { [field: string]: string[] } | undefined => {
  const named = [...new Set(filters.flatMap(filter => Object.keys(filter ?? {})))].sort()
  const names = named.filter(name => isOpen(kind, name) || filters.every(filter => filter?.[name]))
  if (!names.length) return undefined
  const wordsOf = (name: string): string[] => filters.flatMap(filter => [...(filter?.[name] ?? ['other'])])
  return Object.fromEntries(names.map(name => [name, [...new Set(wordsOf(name))].sort()]))
}

export const featureName = text(40, /^[a-z][a-z0-9_]*$/, 'a name in lower case, digits and _')

/** As many as a model's 64 features, with 64 words each, can tell apart. */
const MOST_WORDS = 4096

const parseEach = list(
  (input, place) => {
    const need = object({
      kind: oneOf(KIND_NAMES),
      fields: list(text(16, WORD), 0, 8),
      words: optional(mapOf(text(16, WORD), list(word, 1, MOST_WORDS), 8)),
      features: list(featureName, 1, 64),
    })(input, place)
    need.fields.forEach((field, i) => {
      if (!hasField(need.kind, field)) expected(field, `${place}.fields[${i}]`, 'a field of its kind')
      if (isOpen(need.kind, field) && !need.words?.[field])
        fault(`${place}.words.${field}`, 'nothing is there', 'List the words that features name')
    })
    for (const [field, words] of Object.entries(need.words ?? {})) {
      words.forEach((each, i) => wordOf(need.kind, field)(each, `${place}.words.${field}[${i}]`))
    }
    return need
  },
  0,
  KIND_NAMES.length,
)

/** Reads needs, of each kind once. @throws ParseError */
export const parseNeeds: Parser<Need[]> = (input, place) => {
  const needs = parseEach(input, place)
  unique(
    needs.map(need => need.kind),
    place,
  )
  return needs
}
