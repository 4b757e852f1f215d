/** The append-only account of what was decided, derived and sent. Each entry carries the digest of the one before. */

import type { Contribution } from './assign.ts'
import type { Grants, Purpose } from './consent.ts'
import type { Means } from './decision.ts'
import { hex } from './encoding.ts'
import type { Epoch } from './epoch.ts'
import type { LogHead } from './log.ts'
import type { Differing, ModelFault } from './model-fault.ts'
import type { Cipher } from './ports.ts'
import type { SegmentId } from './segmentation.ts'

export type Event =
  | {
      readonly type: 'decision'
      readonly seq: number
      readonly grants: Grants
      readonly means: Means
      readonly notice: string
      /** The first day, `YYYY-MM-DD`, on which it no longer holds. */
      readonly expires?: string
      /** The language in which it was asked. */
      readonly locale?: string
      /** Who may receive what is granted, by name. */
      readonly recipients?: readonly string[]
      readonly paused?: true
    }
  | {
      readonly type: 'segment'
      readonly segmentation: string
      readonly segment: SegmentId
      readonly before?: SegmentId
      readonly model: string
      readonly reasons: readonly Contribution[]
    }
  /** `body` is what was sent, byte for byte. Without a `purpose`, an early version wrote it: then it is measurement too. */
  | {
      readonly type: 'report'
      readonly segmentation: string
      readonly recipient: string
      readonly purpose?: Purpose
      /** What it adds to what the device has given away: null says that nothing was left to chance, it names the segment itself. */
      readonly epsilon?: number | null
      /** The device's budget did not reach: an earlier answer was repeated. */
      readonly stale?: true
      readonly body: string
    }
  /** A model that the site served: taken, or refused, and then the one before it stays. */
  | {
      readonly type: 'model'
      readonly what: 'taken' | 'refused'
      /** Its name and revision, where that could be read. */
      readonly model?: string
      readonly why?: ModelFault
      /** By the key that the site's config names. */
      readonly signed?: true
      /** The head of the log in which it stands, and which begins as it did when it was seen before. */
      readonly log?: LogHead
      /** Signs that others may be served something else. */
      readonly differing?: readonly Differing[]
    }
  /** The collector's answer to a report, as an HTTP status: 204 says that it counts there now. `seq` begins anew in each epoch. */
  | {
      readonly type: 'answer'
      readonly segmentation: string
      readonly epoch?: Epoch
      readonly seq: number
      readonly status: number
    }
  /** What the visitor set right: a kind of signal, or the answer to a question. What was wrong about it is not written down. */
  | {
      readonly type: 'correction'
      readonly what: CorrectionWord
      /** The kind of signal, or the segmentation. */
      readonly of: string
      readonly segment?: SegmentId
    }
  | { readonly type: 'deletion'; readonly why: DeletionReason; readonly what: string; readonly count: number }
  /** The entries up to `to` were folded: what is left of them has this digest, and the chain goes on from `hash`. */
  | { readonly type: 'fold'; readonly to: number; readonly hash: string; readonly digest: string }

/** What became of a signal, or of a question's answer. */
export const CORRECTIONS = ['changed', 'removed', 'pinned', 'not-me', 'undone'] as const
export type CorrectionWord = (typeof CORRECTIONS)[number]

/** Past its retention; too much in all; the visitor asked; could not be read any more; no feature of a new model uses it. */
export const DELETIONS = ['age', 'size', 'visitor', 'damaged', 'unneeded'] as const
export type DeletionReason = (typeof DELETIONS)[number]

export interface Entry {
  /** Counts from 1. */
  readonly n: number
  /** Milliseconds since 1970. */
  readonly at: number
  readonly event: Event
  /** Hex SHA-256 of the entry before, of n, at and event. */
  readonly hash: string
}

export const FIRST_HASH = '0'.repeat(64)

const hashOf = async (
  cipher: Pick<Cipher, 'digest'>,
  before: string,
  n: number,
  at: number,
  event: Event,
): Promise<string> => hex(await cipher.digest(JSON.stringify([before, n, at, event])))

/** The entries that follow `last`, one for each event. */
export const append = async (
  cipher: Pick<Cipher, 'digest'>,
  last: Pick<Entry, 'n' | 'hash'> | undefined,
  at: number,
  events: readonly Event[],
): Promise<Entry[]> => {
  const entries: Entry[] = []
  let { n, hash } = last ?? { n: 0, hash: FIRST_HASH }
  for (const event of events) {
    n++
    hash = await hashOf(cipher, hash, n, at, event)
    entries.push({ n, at, event, hash })
  }
  return entries
}

/** What is left of the oldest entries. Nothing that was decided, set right or sent is ever left out. */
export interface Folded {
  /** The last of the entries that were folded, and its hash. */
  readonly to: number
  readonly hash: string
  /** Those that stay, as they were written. */
  readonly kept: readonly Entry[]
  /** How many of the others there were, by type. */
  readonly dropped: { readonly [type in Event['type']]?: number }
}

const STAYS: readonly Event['type'][] = ['decision', 'report', 'correction', 'model']

const digestOf = async (cipher: Pick<Cipher, 'digest'>, { kept, dropped }: Folded): Promise<string> =>
  hex(await cipher.digest(JSON.stringify([kept, dropped])))

/**
 * Folds the oldest entries: decisions, corrections, reports, models and what the visitor had deleted stay word for word; of changes of segment (and
 * the numbers that were their reasons), collectors' answers and other deletions, the counts stay.
 * @param entries that follow `before`, at least one
 * @returns what is left of them, and the event that vouches for it, to be appended next
 */
export const foldEntries = async (
  cipher: Pick<Cipher, 'digest'>,
  before: Folded | undefined,
  entries: readonly Entry[],
): Promise<{ folded: Folded; event: Event }> => {
  const dropped = { ...before?.dropped }
  const kept = [...(before?.kept ?? [])]
  for (const entry of entries) {
    const { event } = entry
    if (STAYS.includes(event.type) || (event.type === 'deletion' && event.why === 'visitor')) kept.push(entry)
    else dropped[event.type] = (dropped[event.type] ?? 0) + 1
  }
  const { n: to, hash } = entries.at(-1) as Entry
  const folded = { to, hash, kept, dropped }
  return { folded, event: { type: 'fold', to, hash, digest: await digestOf(cipher, folded) } }
}

/** Does an entry vouch for what was folded? */
const isVouched = async (
  cipher: Pick<Cipher, 'digest'>,
  folded: Folded,
  entries: readonly Entry[],
): Promise<boolean> => {
  const event = [...entries].reverse().find(({ event }) => event.type === 'fold')?.event
  return (
    event?.type === 'fold' &&
    event.to === folded.to &&
    event.hash === folded.hash &&
    event.digest === (await digestOf(cipher, folded))
  )
}

/**
 * The number of the first entry that is not as it was written, or does not follow from those before it; undefined where all is.
 * What was folded counts as one, with the number of its first entry: 1.
 * @param last the latest entry that the device remembers: without it, entries cut off at the end are not missed
 */
export const verify = async (
  cipher: Pick<Cipher, 'digest'>,
  entries: readonly Entry[],
  folded?: Folded,
  last?: Pick<Entry, 'n' | 'hash'>,
): Promise<number | undefined> => {
  let { to: n, hash } = folded ?? { to: 0, hash: FIRST_HASH }
  for (const entry of entries) {
    n++
    hash = await hashOf(cipher, hash, n, entry.at, entry.event)
    if (entry.n !== n || entry.hash !== hash) return n
  }
  if (folded && !(await isVouched(cipher, folded, entries))) return 1
  return last && (last.n !== n || last.hash !== hash) ? n + 1 : undefined
}
