/** Reads what stands on a ledger. Apart from the rest, for only those who show it or take it away look at every field. */

import { CATEGORIES, PURPOSES } from './consent.ts'
import { MEANS } from './decision.ts'
import { CORRECTIONS, DELETIONS, type Entry, type Event, type Folded } from './ledger.ts'
import { parseHead } from './log.ts'
import { DIFFERING, MODEL_FAULTS } from './model-fault.ts'
import { integer, list, mapOf, object, oneOf, optional, type Parser, real, text } from './parse.ts'
import { MOST_RECIPIENTS, recipientName } from './recipient.ts'
import { LAST_SEQ, modelName, noticeRevision, REPORT_BYTES, segmentationId, segmentId } from './report.ts'

const type = oneOf(['decision', 'segment', 'report', 'answer', 'correction', 'deletion', 'fold', 'model'])
const count = integer(0, Number.MAX_SAFE_INTEGER)
const grants = mapOf(oneOf(PURPOSES), list(oneOf(CATEGORIES), 1, CATEGORIES.length))
const hash = text(64, /^[0-9a-f]{64}$/, 'a digest')
const reason = object({ feature: text(40), value: real, weight: real })

/** BCP 47, as far as languages of ours go. */
const locale = text(35, /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i, 'a language tag')

const EVENTS = {
  decision: object({
    type,
    seq: count,
    grants,
    means: oneOf(MEANS),
    notice: noticeRevision,
    expires: optional(text(10, /^\d{4}-/, 'a day')),
    locale: optional(locale),
    recipients: optional(list(recipientName, 0, MOST_RECIPIENTS)),
    paused: optional(oneOf([true])),
  }),
  segment: object({
    type,
    segmentation: segmentationId,
    segment: segmentId,
    before: optional(segmentId),
    model: modelName,
    reasons: list(reason, 0, 64),
  }),
  report: object({
    type,
    segmentation: segmentationId,
    recipient: text(400),
    purpose: optional(oneOf(PURPOSES)),
    epsilon: optional((value, place) => (value === null ? null : real(value, place))),
    stale: optional(oneOf([true])),
    body: text(REPORT_BYTES),
  }),
  answer: object({
    type,
    segmentation: segmentationId,
    epoch: optional(count),
    seq: integer(1, LAST_SEQ),
    status: integer(0, 599),
  }),
  correction: object({
    type,
    what: oneOf(CORRECTIONS),
    of: text(24, /^[a-z][a-z0-9_-]*$/, 'a kind of signal or a segmentation id'),
    segment: optional(segmentId),
  }),
  deletion: object({ type, why: oneOf(DELETIONS), what: text(200), count }),
  model: object({
    type,
    what: oneOf(['taken', 'refused']),
    model: optional(modelName),
    why: optional(oneOf(MODEL_FAULTS)),
    signed: optional(oneOf([true])),
    log: optional(parseHead),
    differing: optional(list(oneOf(DIFFERING), 1, DIFFERING.length)),
  }),
  fold: object({ type, to: integer(1, Number.MAX_SAFE_INTEGER), hash, digest: hash }),
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
  hash,
})

/** More entries than a device keeps. */
const MOST_KEPT = 100_000

/** Reads what is left of folded entries. @throws ParseError */
export const parseFolded: Parser<Folded> = object({
  to: integer(1, Number.MAX_SAFE_INTEGER),
  hash,
  kept: list(parseEntry, 0, MOST_KEPT),
  dropped: mapOf(type, count),
})
