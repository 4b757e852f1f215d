/** Reads an access document that came from a site's own storage: every text capped, every number bounded, nothing unknown. */

import type { AccessDocument, KeptFeature, KeptModel, KeptSegment } from '../core/access.ts'
import type { Contribution } from '../core/assign.ts'
import { CATEGORIES, type Grants, PURPOSES } from '../core/consent.ts'
import { DATE } from '../core/epoch.ts'
import type { Entry, Folded } from '../core/ledger.ts'
import { parseEntry, parseFolded } from '../core/ledger-entry.ts'
import { parseHead } from '../core/log.ts'
import { DIFFERING, MODEL_FAULTS } from '../core/model-fault.ts'
import { fault, integer, list, mapOf, object, oneOf, optional, type Parser, real, text } from '../core/parse.ts'
import type { Place } from '../core/place.ts'
import { MOST_RECIPIENTS, recipientName } from '../core/recipient.ts'
import { MOST_REFUSALS, REFUSALS } from '../core/refusal.ts'
import { modelName, noticeRevision, REPORT_BYTES, siteId } from '../core/report.ts'
import type { SegmentId } from '../core/segmentation.ts'
import { parseSignal } from '../core/signal.ts'

export type Decided = NonNullable<AccessDocument['decision']>

/** More than a visitor gathers in the longest retention at ten signals a minute for an hour each day. */
const MOST_SIGNALS = 250_000
const MOST_ENTRIES = 50_000
/** The year 2200: later instants cannot be printed as dates. */
const LATEST = 7_258_118_400_000

export const nullable =
  <T>(parser: Parser<T>): Parser<T | null> =>
  (value, place) =>
    value === null ? null : parser(value, place)

/** A field that the SDK writes and that is not read here would make all of it unreadable: each has its parser. */
type Every<T> = { readonly [K in keyof T]-?: Parser<T[K]> }

/** A text that may be empty. */
const words =
  (longest: number): Parser<string> =>
  (value, place) =>
    value === '' ? '' : text(longest)(value, place)

/** `YYYY-MM-DD`, and a day that there is. */
const date: Parser<string> = (value, place) => {
  const given = text(10, DATE, 'a date')(value, place)
  return Number.isNaN(Date.parse(given)) ? fault(place, 'no such day', 'Expected a date') : given
}

const instant = integer(0, LATEST)
const segmentationId = text(16, /^[a-z][a-z0-9-]*$/, 'a segmentation id')
const segmentId = text(8, /^[a-z0-9]+$/, 'a segment id') as Parser<SegmentId>
const featureName = text(40, /^[a-z][a-z0-9_]*$/, 'a feature name')
/** Reports are JSON in ASCII. */
const body = text(REPORT_BYTES, /^[ -~]+$/, 'a report')

const grants: Parser<Grants> = mapOf(oneOf(PURPOSES), list(oneOf(CATEGORIES), 1, CATEGORIES.length), PURPOSES.length)

export const parseDecided: Parser<Decided> = object({
  seq: integer(1, Number.MAX_SAFE_INTEGER - 1),
  grants,
  expires: date,
  notice: noticeRevision,
  recipients: optional(list(recipientName, 0, MOST_RECIPIENTS)),
  paused: optional(oneOf([true])),
} satisfies Every<Decided>)

const contributions: Parser<Contribution[]> = list(object({ feature: featureName, value: real, weight: real }), 0, 64)

/** Two numbers: what the extension draws of a map is no further away than its own edge. */
const place = list(real, 2, 2) as Parser<unknown> as Parser<Place>

const segment: Parser<KeptSegment> = object({
  segmentation: segmentationId,
  segment: segmentId,
  distance: optional(real),
  probability: optional(real),
  runnerUp: optional(object({ segment: segmentId, distance: real })),
  distances: optional(list(real, 0, 64)),
  contributions,
  unassigned: optional(oneOf(['no-signals', 'missing-feature', 'denied', 'not-me'])),
  pinned: optional(oneOf([true])),
  held: optional(oneOf([true])),
  change: optional(object({ feature: featureName, from: real, to: real, segment: segmentId })),
  question: words(60),
  label: words(60),
  description: words(400),
  disclosure: optional(words(400)),
  among: list(object({ segment: segmentId, label: words(60), description: words(400), place: optional(place) }), 0, 64),
  place: optional(place),
} satisfies Every<KeptSegment>)

/** What a site claims stood on the ledger: its times can be printed, and its reports are ASCII. */
const entry: Parser<Entry> = (value, place) => {
  const read = parseEntry(value, place)
  instant(read.at, `${place}.at`)
  if (read.event.type === 'report') body(read.event.body, `${place}.event.body`)
  return read
}

const entries = list(entry, 0, MOST_ENTRIES)

const folded: Parser<Folded> = (value, place) => {
  const read = parseFolded(value, place)
  entries(read.kept, `${place}.kept`)
  return read
}

/** @throws ParseError */
export const parseKept: Parser<AccessDocument> = object({
  v: oneOf([1]),
  site: siteId,
  made: instant,
  decision: nullable(parseDecided),
  retention: mapOf(oneOf(CATEGORIES), integer(1, 400)),
  signals: list(parseSignal, 0, MOST_SIGNALS),
  refused: mapOf(oneOf(REFUSALS), integer(1, MOST_REFUSALS), REFUSALS.length),
  features: list(
    object({
      name: featureName,
      value: nullable(real),
      ms: optional(integer(1, 1e12)),
      share: optional(oneOf([true])),
    } satisfies Every<KeptFeature>),
    0,
    64,
  ),
  segments: list(segment, 0, 16),
  folded: optional(folded),
  ledger: list(entry, 0, MOST_ENTRIES),
  tampered: nullable(integer(1, Number.MAX_SAFE_INTEGER)),
  damaged: optional(mapOf(text(40, /^records of [a-z]+$/, 'a kind of record'), integer(1, MOST_ENTRIES), 16)),
  budget: optional(object({ spent: real, most: real })),
  model: optional(
    object({
      id: modelName,
      signed: optional(oneOf([true])),
      log: optional(parseHead),
      differing: optional(list(oneOf(DIFFERING), 1, DIFFERING.length)),
      refused: optional(oneOf(MODEL_FAULTS)),
    } satisfies Every<KeptModel>),
  ),
  waiting: list(body, 0, 64),
} satisfies Every<AccessDocument>)
