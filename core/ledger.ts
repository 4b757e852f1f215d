/** The append-only account of what was decided, derived and sent. Each entry carries the digest of the one before. */

import type { Contribution } from './assign.ts'
import { CATEGORIES, type Grants, PURPOSES } from './consent.ts'
import { MEANS, type Means } from './decision.ts'
import { hex } from './encoding.ts'
import { integer, list, mapOf, object, oneOf, optional, type Parser, real, text } from './parse.ts'
import type { Cipher } from './ports.ts'
import { LAST_SEQ, modelName, noticeRevision, REPORT_BYTES, segmentationId, segmentId } from './report.ts'
import type { SegmentId } from './segmentation.ts'

export type Event =
  | {
      readonly type: 'decision'
      readonly seq: number
      readonly grants: Grants
      readonly means: Means
      readonly notice: string
    }
  | {
      readonly type: 'segment'
      readonly segmentation: string
      readonly segment: SegmentId
      readonly before?: SegmentId
      readonly model: string
      readonly reasons: readonly Contribution[]
    }
  /** `body` is what was sent, byte for byte. */
  | { readonly type: 'report'; readonly segmentation: string; readonly recipient: string; readonly body: string }
  /** The collector's answer to a report, as an HTTP status: 204 says that it counts there now. */
  | { readonly type: 'answer'; readonly segmentation: string; readonly seq: number; readonly status: number }
  | { readonly type: 'deletion'; readonly what: string; readonly count: number }

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

/** The number of the first entry that does not follow from those before it; undefined where all is as it was written. */
export const verify = async (
  cipher: Pick<Cipher, 'digest'>,
  entries: readonly Entry[],
): Promise<number | undefined> => {
  let hash = FIRST_HASH
  let n = 0
  for (const entry of entries) {
    n++
    hash = await hashOf(cipher, hash, n, entry.at, entry.event)
    if (entry.n !== n || entry.hash !== hash) return n
  }
  return undefined
}

const type = oneOf(['decision', 'segment', 'report', 'answer', 'deletion'])
const count = integer(0, Number.MAX_SAFE_INTEGER)
const grants = mapOf(oneOf(PURPOSES), list(oneOf(CATEGORIES), 1, CATEGORIES.length))
const reason = object({ feature: text(40), value: real, weight: real })

const EVENTS = {
  decision: object({ type, seq: count, grants, means: oneOf(MEANS), notice: noticeRevision }),
  segment: object({
    type,
    segmentation: segmentationId,
    segment: segmentId,
    before: optional(segmentId),
    model: modelName,
    reasons: list(reason, 0, 64),
  }),
  report: object({ type, segmentation: segmentationId, recipient: text(400), body: text(REPORT_BYTES) }),
  answer: object({ type, segmentation: segmentationId, seq: integer(1, LAST_SEQ), status: integer(0, 599) }),
  deletion: object({ type, what: text(200), count }),
}

/** Answers the event as it was written: its digest is over the order of its fields too. */
const parseEvent: Parser<Event> = (value, place) => {
  EVENTS[type((value as { type?: unknown } | null)?.type, `${place}.type`)](value, place)
  return value as Event
}

/** Reads a ledger entry. @throws ParseError */
export const parseEntry: Parser<Entry> = object({
  n: integer(1, Number.MAX_SAFE_INTEGER),
  at: integer(0, Number.MAX_SAFE_INTEGER),
  event: parseEvent,
  hash: text(64, /^[0-9a-f]{64}$/, 'a digest'),
})
