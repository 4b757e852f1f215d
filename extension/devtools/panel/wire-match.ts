/** The ledger against the wire: what each says of the other, and what only one of them knows. */

import type { AccessDocument } from '../../../core/access.ts'
import type { Entry, Event } from '../../../core/ledger.ts'
import { parseAnyReport } from '../../../core/private-report.ts'
import type { Happening, State } from '../../../core/protocol/devtools.ts'

export type Request = Extract<Happening, { what: 'request' }>
type Report = Extract<Event, { type: 'report' }>

/** `unshown`: it was answered, and yet DevTools never told of it. `earlier`: it was made before the panel was there to see it. */
export type Verdict = 'seen' | 'not-seen-yet' | 'unshown' | 'earlier'

/** DevTools tell of a request within this time of its answer, or never: see `network.ts` for how often their log is read. */
export const TOLD_WITHIN_MS = 8000

export interface Sent {
  readonly entry: Entry & { readonly event: Report }
  readonly verdict: Verdict
  /** Every time that these bytes went out: a report that was not answered is sent again. */
  readonly requests: readonly Request[]
  /** What the collector answered, as the ledger has it. */
  readonly status?: number
  /** Milliseconds since 1970. */
  readonly answered?: number
}

/**
 * `unlogged`: bytes of a report that the ledger does not have. `early`: to somebody else before anything was granted. `carries`: a
 * segment is spelt out in it.
 */
export type Alarm = 'unlogged' | 'early' | 'carries'

export interface Alarmed {
  readonly alarm: Alarm
  readonly request: Request
}

export interface Match {
  readonly sent: readonly Sent[]
  readonly alarms: readonly Alarmed[]
  /** Reports on the wire that are newer than the ledger that was read: nobody can say yet. */
  readonly pending: readonly Request[]
}

const isReport = (entry: Entry): entry is Sent['entry'] => entry.event.type === 'report'

const entriesOf = ({ folded, ledger }: AccessDocument): readonly Entry[] => [...(folded?.kept ?? []), ...ledger]

const told = (body: string): { readonly segmentation: string; readonly seq: number } | undefined => {
  try {
    const report = parseAnyReport(body)
    return { segmentation: report.segmentation, seq: 'seq' in report ? report.seq : 1 }
  } catch {
    return undefined
  }
}

const answerOf = ({ at, event }: Sent['entry'], entries: readonly Entry[]): Pick<Sent, 'status' | 'answered'> => {
  const it = told(event.body)
  const answer = entries.find(
    each =>
      each.at >= at &&
      each.event.type === 'answer' &&
      each.event.segmentation === it?.segmentation &&
      each.event.seq === it.seq,
  )
  return answer?.event.type === 'answer' ? { status: answer.event.status, answered: answer.at } : {}
}

const isSame = ({ event }: Sent['entry'], request: Request): boolean => request.body === event.body

/** Where nothing is told of the network, nothing is missed in it. */
const verdictOf = (
  { at }: Entry,
  requests: readonly Request[],
  { answered = Infinity }: Pick<Sent, 'answered'>,
  { begun, networked, now }: { readonly begun: number; readonly networked: boolean; readonly now: number },
): Verdict => {
  if (requests.length) return 'seen'
  if (at < begun) return 'earlier'
  return networked && now - answered > TOLD_WITHIN_MS ? 'unshown' : 'not-seen-yet'
}

/** @param rows the stream; @param state the latest, undefined where none has come; @param now ms since 1970 */
export const matchWire = (rows: readonly Happening[], state: State | undefined, now: number): Match => {
  const requests = rows.filter(row => row.what === 'request')
  const around = { begun: rows[0]?.at ?? Infinity, networked: requests.length > 0, now }
  const kept = state?.kept
  const entries = kept ? entriesOf(kept) : []
  const reports = entries.filter(isReport)
  const sent = reports.map((entry): Sent => {
    const same = requests.filter(request => isSame(entry, request))
    const answer = answerOf(entry, entries)
    return { entry, requests: same, verdict: verdictOf(entry, same, answer, around), ...answer }
  })
  // What went out before the ledger began was on one that has been deleted since; but nothing may go out before a grant.
  const first = entries[0]?.at ?? Infinity
  const unknown = requests.filter(
    request =>
      request.kind === 'report' &&
      (request.at >= first || request.before) &&
      !reports.some(entry => isSame(entry, request)),
  )
  const read = kept?.made ?? state?.at ?? 0
  const known = new Set(sent.flatMap(each => each.requests))
  return {
    sent,
    pending: unknown.filter(({ at }) => at > read),
    alarms: [
      ...unknown.filter(({ at }) => at <= read).map((request): Alarmed => ({ alarm: 'unlogged', request })),
      ...requests
        .filter(({ before, foreign, kind }) => before && foreign && kind !== 'ticket')
        .map((request): Alarmed => ({ alarm: 'early', request })),
      ...requests
        .filter(request => request.carries?.length && !known.has(request) && !unknown.includes(request))
        .map((request): Alarmed => ({ alarm: 'carries', request })),
    ],
  }
}
