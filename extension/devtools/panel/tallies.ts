/** Counts over the stream: what the page emits, and how the worker does. */

import type { Need } from '../../../core/needs.ts'
import type { Happening, Reason } from '../../../core/protocol/devtools.ts'

export interface KindTally {
  readonly kind: string
  /** Features that ask for it; none where no model of the site's does. */
  readonly features: readonly string[]
  readonly admitted: number
  readonly refused: { readonly [R in Reason]?: number }
}

/** Every kind that the site needs, or its pages have emitted. */
export const kindTallies = (rows: readonly Happening[], needs: readonly Need[]): KindTally[] => {
  const admitted = new Map<string, number>()
  const refused = new Map<string, { [R in Reason]?: number }>()
  for (const row of rows) {
    if (row.what === 'signal') admitted.set(row.signal.kind, (admitted.get(row.signal.kind) ?? 0) + 1)
    else if (row.what === 'refused') {
      const counts = refused.get(row.kind) ?? {}
      refused.set(row.kind, { ...counts, [row.reason]: (counts[row.reason] ?? 0) + 1 })
    }
  }
  const kinds = new Set([...needs.map(({ kind }) => kind as string), ...admitted.keys(), ...refused.keys()])
  return [...kinds].sort().map(kind => ({
    kind,
    features: needs.find(need => need.kind === kind)?.features ?? [],
    admitted: admitted.get(kind) ?? 0,
    refused: refused.get(kind) ?? {},
  }))
}

export interface CallTally {
  readonly verb: string
  readonly calls: number
  /** Of the calls that were answered, ms. */
  readonly median: number
  readonly most: number
  /** Both ways. */
  readonly bytes: number
  readonly failed: number
}

const middle = (sorted: readonly number[]): number => sorted[Math.floor((sorted.length - 1) / 2)] ?? 0

export const callTallies = (rows: readonly Happening[]): CallTally[] => {
  const verbs = new Map<string, { calls: number; times: number[]; bytes: number; failed: number }>()
  for (const row of rows) {
    if (row.what !== 'call' && row.what !== 'answer') continue
    const tally = verbs.get(row.verb) ?? { calls: 0, times: [], bytes: 0, failed: 0 }
    verbs.set(row.verb, tally)
    tally.bytes += row.bytes
    if (row.what === 'call') tally.calls++
    else {
      tally.times.push(row.ms)
      if ((row.error ?? row.problem) !== undefined) tally.failed++
    }
  }
  return [...verbs].map(([verb, { calls, times, bytes, failed }]) => {
    const sorted = times.sort((a, b) => a - b)
    return { verb, calls, median: middle(sorted), most: sorted.at(-1) ?? 0, bytes, failed }
  })
}
