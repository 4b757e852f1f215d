/** The list of sites as it is asked for: searched, filtered and sorted. */

import { type Site, STANDS } from '../site-index.ts'

export const FILTERS = ['every', ...STANDS] as const
export type Filter = (typeof FILTERS)[number]

export const ORDERS = ['last', 'first', 'name'] as const
export type Order = (typeof ORDERS)[number]

export interface Asked {
  readonly search: string
  readonly filter: Filter
  readonly order: Order
}

export const hostIn = (origin: string): string => origin.replace(/^https?:\/\//, '')

const byName = (a: Site, b: Site): number => (hostIn(a.origin) < hostIn(b.origin) ? -1 : 1)

const BY: { readonly [O in Order]: (a: Site, b: Site) => number } = {
  last: (a, b) => b.lastSeen.localeCompare(a.lastSeen) || byName(a, b),
  first: (a, b) => b.firstSeen.localeCompare(a.firstSeen) || byName(a, b),
  name: byName,
}

export const arranged = (sites: readonly Site[], { search, filter, order }: Asked): readonly Site[] => {
  const wanted = search.trim().toLowerCase()
  return sites
    .filter(({ origin, stands }) => origin.includes(wanted) && (filter === 'every' || filter === stands))
    .sort(BY[order])
}
