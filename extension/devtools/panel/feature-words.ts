/** What a feature counts, and what would move it, in words. */

import type { FeatureSpec, Filter, Selection } from '../../../core/feature.ts'

const where = (filter: Filter | undefined): string =>
  Object.entries(filter ?? {})
    .map(([field, words]) => `${field} ${words.join(' or ')}`)
    .join(', ')

const selected = ({ kind, where: filter }: Selection): string => (filter ? `${kind} (${where(filter)})` : kind)

const windowOf = ({ window }: FeatureSpec): string =>
  window === 'session' ? 'in this session' : window === 1 ? 'today' : `in ${window} days`

/** `sum of ms over page_dwell (page help or article), in this session`. */
export const featureInWords = (spec: FeatureSpec): string => {
  const of = spec.field ? ` of ${spec.field}` : ''
  const over = spec.over ? ` over ${selected(spec.over)}` : ''
  const turn = spec.from !== undefined && spec.to !== undefined ? ` from ${spec.from} to ${spec.to}` : ''
  const how = [spec.per && `divided by ${spec.per}`, spec.transform].filter(Boolean).join(', ')
  return `${spec.aggregate}${of}${turn}, ${selected(spec)}${over}, ${windowOf(spec)}${how ? ` (${how})` : ''}`
}

/** The signals that would move it, as the gate knows them. */
export const wantedBy = (spec: FeatureSpec): string =>
  [selected(spec), ...(spec.over ? [selected(spec.over)] : [])].join(', or ')
