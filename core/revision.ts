/**
 * The revision of a notice: a digest of exactly what bears on consent. It stands in the config as `notice`, so that a page can
 * compare it without reading anything else; `parseConfig` refuses a config whose `notice` is another one's.
 */

import type { Config } from './config.ts'

/** What bears on consent. A change of anything else asks nobody again. */
export type Bearing = Pick<Config, 'needs' | 'purposes' | 'recipients' | 'retention' | 'categories' | 'reports'>

const sorted = (texts: readonly string[]): string[] => [...texts].sort()

const byName = <T>(map: { readonly [name: string]: T }): [string, T][] =>
  Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1))

type Part = string | number | undefined | readonly Part[]

/** As JSON, by our own hand: a page may have put a `toJSON` on every list, and would be refused its own config. */
const print = (it: Part): string =>
  typeof it === 'string'
    ? `"${it.replace(/["\\]/g, '\\$&')}"`
    : typeof it === 'object'
      ? `[${it.map(print).join(',')}]`
      : `${it ?? null}`

/** The same text for the same thing, in whatever order a config says it. */
const canonical = ({ needs, purposes, recipients, retention, categories, reports }: Bearing): string =>
  print([
    sorted(
      needs.map(({ kind, fields, words = {}, features }) =>
        print([kind, sorted(fields), byName(words).map(([field, list]) => [field, sorted(list)]), sorted(features)]),
      ),
    ),
    sorted(purposes),
    // Where a recipient's own notice stands may change without anything being different.
    sorted(recipients.map(({ name, purpose }) => print([name, purpose]))),
    byName(Object.fromEntries(categories.map(category => [category, retention[category]]))),
    reports?.retention,
    // Without noise a report says more: who agreed to the one has not agreed to the other.
    ...(reports?.noised ? [byName(reports.noised), reports.budget] : []),
  ])

/** 2^31 - 1, a prime: a site's revisions are few, and a short one can tell nobody apart. */
const MODULUS = 2_147_483_647
const BASE = 65_599
const DIGITS = 6

/** Six digits or lower-case letters. */
export const revisionOf = (it: Bearing): string => {
  let hash = 0
  // Exact: 2^31 x 65599 is below 2^53.
  for (const char of canonical(it)) hash = (hash * BASE + (char.codePointAt(0) as number)) % MODULUS
  return hash.toString(36).padStart(DIGITS, '0')
}
