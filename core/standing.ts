/**
 * What stands in `localStorage`, read synchronously before anything else: IndexedDB proves, this decides. The decision has a
 * key to itself, written only when somebody decides. What pages scribble down meanwhile has another: tabs see each other's
 * writes late, and a tab that edits what it read a moment ago must not be able to put a withdrawn grant back.
 */

import type { Snapshot } from './config.ts'
import { type Category, spared } from './consent.ts'
import type { Decision } from './decision.ts'
import type { Refusals } from './refusal.ts'
import type { Ticket } from './report.ts'
import type { Signal } from './signal.ts'

/** The decision. */
export const STANDING_KEY = 'nearside'
/** What pages keep for the next one. */
export const PAGE_KEY = 'nearside-page'
/** Channel on which workers hear that somebody else set something right, or deleted part of what is kept. */
export const KEPT_CHANNEL = 'nearside-kept'
/** Each page's last words have a key of their own, which ends in the page's number: two tabs that close write at once. */
export const TAIL_KEY = 'nearside-tail-'
/** The longest tail, in characters: a page that ends must not be the one to fill the disk. */
export const TAIL_LIMIT = 2000

/** Signals that a page noted and no worker has acknowledged. `page` is a number drawn anew by each page. */
export interface Batch {
  readonly page: number
  /** Counts the page's batches from 1. */
  readonly n: number
  readonly signals: readonly Signal[]
  /** How many others were refused meanwhile, by reason. */
  readonly refused?: Refusals | undefined
}

/** An erasure ticket that waits, and the day (`YYYY-MM-DD`) from which the collector has forgotten anyway. */
export interface WaitingTicket {
  readonly url: string
  readonly ticket: Ticket
  readonly until: string
  /** Longest random wait before it is sent, ms. */
  readonly within: number
}

export interface PageState {
  /** What the page needs of the config to begin at once. */
  readonly needs?: Snapshot | undefined
  /** The latest segments, by segmentation: what the first paint uses. */
  readonly segments?: { readonly [segmentation: string]: string } | undefined
  /** Outlive the decision: they ask the collector to forget as well. */
  readonly tickets?: readonly WaitingTicket[] | undefined
}

/**
 * Reads the decision. What is missing or damaged reads as none, and so as denied: nobody could mend it.
 * @param optedOut whether the browser sends its opt-out signal, which holds against all but what was chosen under it by name
 */
export const parseStanding = (
  json: string | null | undefined,
  optedOut?: boolean | undefined,
): Decision | undefined => {
  try {
    // Not `JSON.parse(null)`: the error it ends in costs a page more than all else that a refusal does.
    const { v, decision, revision, ...rest } = JSON.parse(json ?? '{}')
    const whole = v === 1 && Number.isSafeInteger(rest.seq) && rest.seq > 0 && /^\d+-/.test(rest.expires)
    return whole && Object.values(decision).every(Array.isArray)
      ? { ...rest, grants: optedOut && !rest.gpc ? spared(decision) : decision, notice: `${revision}` }
      : undefined
  } catch {
    return undefined
  }
}

/** As `JSON.stringify`, but deaf to any `toJSON`: old libraries put one on every list, and what they print cannot be read again. */
export const print = (it: unknown): string =>
  JSON.stringify(it, function (this: { readonly [key: string]: unknown }, key) {
    return this[key]
  })

/** The decision's text. */
export const printStanding = ({ grants, notice, ...rest }: Decision): string =>
  print({ v: 1, decision: grants, revision: notice, ...rest })

/** Reads what pages keep; damaged, it is empty. */
export const parsePageState = (json: string | null | undefined): PageState => {
  try {
    return { ...JSON.parse(json ?? '{}') }
  } catch {
    return {}
  }
}

/** The text of what pages keep; null where that is nothing. Without a grant only tickets are left. */
export const printPageState = (
  { needs, segments, tickets }: PageState,
  granted: boolean | undefined,
): string | null => {
  const text = print({ ...(granted && needs && { needs, segments }), ...(tickets?.[0] && { tickets }) })
  return text[2] ? text : null
}

/** Reads a page's last words; damaged, there are none. The worker looks at each signal in them. */
export const parseTail = (json: string): readonly Batch[] => {
  try {
    return JSON.parse(json).filter((batch: Batch) => batch.signals.length)
  } catch {
    return []
  }
}

/** Does the decision grant anything now, or this category? Asked for every signal, so that no list is made for it. */
export const isGrant = (decision: Decision | undefined, category?: Category): boolean =>
  !decision?.paused &&
  Object.values(decision?.grants ?? {}).some(granted => (category ? granted.includes(category) : granted[0]))
