/**
 * What stands in the one `localStorage` key: the decision, and while something is granted, what a page must know at once. It
 * is read synchronously, before anything else; IndexedDB proves, this decides.
 */

import type { Snapshot } from './config.ts'
import { grantsOf, pairsOf } from './consent.ts'
import type { Decision } from './decision.ts'
import type { Ticket } from './report.ts'
import type { Signal } from './signal.ts'

export const STANDING_KEY = 'nearside'
/** The longest tail, in characters: a page that ends must not be the one to fill the disk. */
export const TAIL_LIMIT = 2000

/** Signals that a page noted and no worker has acknowledged. `page` is a number drawn anew by each page. */
export interface Batch {
  readonly page: number
  /** Counts the page's batches from 1. */
  readonly n: number
  readonly signals: readonly Signal[]
}

/** An erasure ticket that waits, and the day (`YYYY-MM-DD`) from which the collector has forgotten anyway. */
export interface WaitingTicket {
  readonly url: string
  readonly ticket: Ticket
  readonly until: string
  /** Longest random wait before it is sent, ms. */
  readonly within: number
}

export interface Standing {
  readonly decision?: Decision | undefined
  /** What the page needs of the config to begin at once. */
  readonly needs?: Snapshot | undefined
  /** The latest segments, by segmentation: what the first paint uses. */
  readonly segments?: { readonly [segmentation: string]: string } | undefined
  readonly tail?: readonly Batch[]
  readonly tickets?: readonly WaitingTicket[] | undefined
}

const listIn = <T>(value: T[] | undefined): T[] => (Array.isArray(value) ? value : [])

/** Reads the key. What is missing or damaged reads as denied; nothing is thrown, for nobody could mend it. */
export const parseStanding = (json: string | null): Standing => {
  try {
    const { v, seq, decision, expires, revision, needs, segments, tail, tickets } = JSON.parse(json ?? '')
    const pairs = pairsOf(decision)
    const decided = v === 1 && seq > 0 && Number.isSafeInteger(seq) && /^\d{4}-/.test(expires)
    return {
      ...(decided && { decision: { seq, pairs, expires, notice: `${revision}` } }),
      ...(decided &&
        pairs && { tail: listIn<Batch>(tail), ...(needs?.pages && { needs }), ...(segments && { segments }) }),
      ...(listIn(tickets).length && { tickets }),
    }
  } catch {
    return {}
  }
}

/** The key's text; null where nothing is to be kept. A refusal keeps only itself, and tickets that still wait. */
export const printStanding = ({ decision, needs, segments, tail, tickets }: Standing): string | null => {
  const waiting = tickets?.length ? tickets : undefined
  return decision || waiting
    ? JSON.stringify({
        v: 1,
        ...(decision && {
          seq: decision.seq,
          decision: grantsOf(decision.pairs),
          expires: decision.expires,
          revision: decision.notice,
          ...(decision.pairs && { needs, segments, ...(tail?.length && { tail }) }),
        }),
        tickets: waiting,
      })
    : null
}
