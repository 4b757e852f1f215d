/** Reads feature specs: nothing but what they can say can be computed, so nothing else can be collected. */

import { AGGREGATES, type FeatureSpec, type Selection } from './feature.ts'
import { featureName } from './needs.ts'
import { fault, integer, list, mapOf, object, oneOf, optional, type Parser, text } from './parse.ts'
import { spoken } from './parse-question.ts'
import { hasField, isNumeric, isOpen, KIND_NAMES, WORD, word, wordOf } from './signal.ts'

const filter = mapOf(text(16, WORD), list(spoken(word), 1, 64), 4)
const selection = { kind: oneOf(KIND_NAMES), where: optional(filter) }

const days = integer(1, 400)
const parseWindow: Parser<'session' | number> = (value, place) =>
  value === 'session' ? value : days(value, `${place} (session, or a number of days)`)

const NUMERIC = ['sum', 'mean', 'max'] as const
const WORDED = ['distinct', 'entropy', 'sequence', 'returns'] as const

/** A filter on a word that its field never carries would count nothing, and nobody would know. */
const checkFilter = ({ kind, where }: Selection, place: string): void => {
  for (const [field, words] of Object.entries(where ?? {})) {
    words.forEach((each, i) => wordOf(kind, field)(each, `${place}.where.${field}[${i}]`))
    if (isOpen(kind, field) && words.includes('other'))
      fault(`${place}.where.${field}`, 'other stands for every word that no feature names', 'Leave it out')
  }
}

/** Reads one feature. @throws ParseError */
export const parseFeature: Parser<FeatureSpec> = (input, place) => {
  const spec = object({
    name: featureName,
    ...selection,
    aggregate: oneOf(AGGREGATES),
    field: optional(text(16, WORD)),
    over: optional(object(selection)),
    from: optional(word),
    to: optional(word),
    window: parseWindow,
    per: optional(integer(1, 1e12)),
    transform: optional(oneOf(['log1p', 'sqrt'])),
  })(input, place)
  const { aggregate, field, kind } = spec
  const numeric = (NUMERIC as readonly string[]).includes(aggregate)
  const worded = (WORDED as readonly string[]).includes(aggregate)
  if (numeric || (worded && (field || aggregate !== 'distinct'))) {
    if (!field || !hasField(kind, field) || isNumeric(field) !== numeric) {
      fault(
        `${place}.field`,
        `${aggregate} needs a ${numeric ? 'number' : 'word'} field of ${kind}`,
        'Name one of its fields',
      )
    }
    if (isOpen(kind, field as string) && !spec.where?.[field as string])
      fault(`${place}.where`, `${field} may hold any word`, 'List the words that count')
  } else if (field) fault(`${place}.field`, `${aggregate} takes no field`, 'Leave it out')
  // One of them is all that there is in a session.
  if (aggregate === 'sessions') days(spec.window, `${place}.window`)
  if ((aggregate === 'ratio') !== Boolean(spec.over))
    fault(`${place}.over`, `a ratio, and only a ratio, has it`, 'Add or remove it')
  for (const end of ['from', 'to'] as const) {
    if ((aggregate === 'sequence') !== (spec[end] !== undefined))
      fault(`${place}.${end}`, 'a sequence, and only a sequence, has from and to', 'Add or remove them')
    if (field && spec[end] !== undefined) wordOf(kind, field)(spec[end], `${place}.${end}`)
  }
  checkFilter(spec, place)
  if (spec.over) checkFilter(spec.over, `${place}.over`)
  return spec
}
