/** The only thing that leaves the device, one segmentation each; and the ticket that takes it back. */

import type { Epoch } from './epoch.ts'
import { integer, object, oneOf, optional, type Parser, parseJson, text } from './parse.ts'
import { PSEUDONYM, type Pseudonym } from './pseudonym.ts'
import type { SegmentId } from './segmentation.ts'

/** The longest body a collector takes, in bytes. */
export const REPORT_BYTES = 256
/** The highest `seq`; bodies are padded to the length this one has, so that size says nothing. */
export const LAST_SEQ = 9999

/** Who is shown what a segment is for, and who is kept from it so that the difference can be told. Equally long. */
export const ARMS = ['treated', 'control'] as const
export type Arm = (typeof ARMS)[number]

export interface Report {
  readonly v: 1
  readonly site: string
  /** Name and revision of the model. */
  readonly model: string
  readonly epoch: Epoch
  readonly segmentation: string
  readonly segment: SegmentId
  readonly pseudonym: Pseudonym
  /** Within its epoch, the highest replaces the rest. */
  readonly seq: number
  /** Public revision of the notice under which it was allowed. */
  readonly notice: string
  /** Where the site has a control group. */
  readonly arm?: Arm
}

/** Asks the collector to delete the report of one pseudonym. */
export interface Ticket {
  readonly v: 1
  readonly site: string
  readonly pseudonym: Pseudonym
}

export const siteId = text(24, /^[a-z0-9][a-z0-9-]*$/, 'a site id in lower case, digits and -')
export const noticeRevision = text(16, /^[a-z0-9.-]+$/i, 'a revision of letters, digits, . -')
const pseudonym = text(22, PSEUDONYM, 'a pseudonym') as Parser<Pseudonym>

export const modelName = text(21, /^[a-z][a-z0-9-]*\.\d+$/, 'a model id')
export const segmentationId = text(16, /^[a-z][a-z0-9-]*$/, 'a segmentation id')
export const segmentId = text(8, /^[a-z0-9]+$/, 'a segment id') as Parser<SegmentId>

/** What every report says first and last, pseudonymous or private. */
export const first = {
  v: oneOf([1]),
  site: siteId,
  model: modelName,
  epoch: integer(0, 99_999) as Parser<Epoch>,
  segmentation: segmentationId,
  segment: segmentId,
} as const
export const last = { notice: noticeRevision, arm: optional(oneOf(ARMS)) } as const

const report = object({ ...first, pseudonym, seq: integer(1, LAST_SEQ), ...last })

const ticket = object({ v: oneOf([1]), site: siteId, pseudonym })

/** Reads a report from a request's body. @throws ParseError */
export const parseReport = (body: string, place = 'report'): Report => report(parseJson(body, place), place)

/** Reads an erasure ticket from a request's body. @throws ParseError */
export const parseTicket = (body: string, place = 'ticket'): Ticket => ticket(parseJson(body, place), place)

/** The exact bytes of a report. All reports of a site and segmentation are equally long. */
export const printReport = (it: Report): string =>
  JSON.stringify(it).padEnd(JSON.stringify({ ...it, seq: LAST_SEQ }).length)

export const printTicket = (it: Ticket): string => JSON.stringify(it)
