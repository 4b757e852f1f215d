// What must hold of reports: what a ledger says of them, what was sent, what is counted, and what all of it gives away.
import type { Event, Folded } from '../../core/ledger.ts'
import { parseAnyReport } from '../../core/private-report.ts'
import { printReport, type Report } from '../../core/report.ts'
import type { SegmentId } from '../../core/segmentation.ts'
import { must } from './broken.ts'
import type { Server } from './collector.ts'
import type { Stored } from './disk.ts'
import { type createReading, FOLDED } from './reading.ts'
import { BUDGET, models } from './site.ts'

/** One answer with noise, and the truth behind it. */
export interface Drawn {
  readonly truth: SegmentId
  readonly told: SegmentId
  /** All that could be said. */
  readonly among: readonly SegmentId[]
  readonly epsilon: number
}

export const createReportChecks = (
  { readingOf, ledgerOf, stateOf }: ReturnType<typeof createReading>,
  server: Pick<Server, 'rows' | 'tokens' | 'erased'>,
) => {
  /** Every report that was ever on a ledger of this visitor's, by pseudonym and seq. */
  const journal = new Map<string, Map<number, string>>()
  /** The same of private ones, by token: another only where what was said before was damaged. */
  const tokens = new Map<string, Set<string>>()

  const checkReport = (database: Stored, body: string): void => {
    const report = parseAnyReport(body)
    if ('token' in report) {
      const before = tokens.get(report.token) ?? new Set()
      must(
        !before.size || before.has(body) || database.damaged,
        'one private report a question and epoch',
        body,
        before,
      )
      tokens.set(report.token, before.add(body))
      return
    }
    const { pseudonym, seq } = report
    const before = journal.get(pseudonym) ?? new Map<number, string>()
    const highest = Math.max(0, ...before.keys())
    must(
      before.has(seq) ? before.get(seq) === body : seq > highest,
      'seq only ever rises within an epoch',
      body,
      before.get(seq),
      highest,
    )
    journal.set(pseudonym, before.set(seq, body))
  }

  const checkPinned = (database: Stored, body: string): void => {
    const { segmentation, segment, model, ...report } = parseAnyReport(body)
    // It may say anything.
    if ('token' in report) return
    const pin = stateOf(database)?.pins?.[segmentation]
    const question = models.get(model)?.segmentations.find(({ id }) => id === segmentation)
    const silent = !pin?.segment && !pin?.not?.includes(segment)
    must(silent || segment === question?.segments[0]?.id, 'what the visitor set right is not reported', body, pin)
  }

  const checkAnswer = (database: Stored, answer: Event & { type: 'answer' }): void => {
    const events = ledgerOf(database).map(({ entry }) => entry?.event)
    const sent = events.filter(it => it?.type === 'report').map(it => (it as { body: string }).body)
    const reports = sent.map(body => parseAnyReport(body)).filter(it => it.segmentation === answer.segmentation)
    const noised = reports.find(it => 'token' in it && it.epoch === answer.epoch)
    if (noised && 'token' in noised && answer.status === 204)
      must(server.tokens.has(noised.token), 'what was answered 204 is counted', noised)
    const told = reports.find((it): it is Report => 'seq' in it && it.seq === answer.seq && it.epoch === answer.epoch)
    if (answer.status !== 204 || !told || database.damaged || server.erased.has(told.pseudonym)) return
    const row = server.rows.get(told.pseudonym)
    must(row !== undefined && row.seq >= told.seq, 'what was answered 204 is counted', told, row)
    must(row !== undefined && sent.includes(printReport(row)), 'what is counted is on the ledger', told, row)
  }

  /** By what the ledger tells, for who forgets what it paid would think that it has paid nothing. */
  const checkSpent = (database: Stored): void => {
    if (database.damaged) return
    const sealed = database.records.get(FOLDED)
    const folded = sealed ? (readingOf(database, FOLDED, sealed) as Folded).kept : []
    const entries = [...folded, ...ledgerOf(database).map(({ entry }) => entry)]
    const spent = entries.reduce((sum, it) => sum + (it?.event.type === 'report' ? (it.event.epsilon ?? 0) : 0), 0)
    must(spent <= BUDGET, 'no device gives away more than its budget', spent)
  }

  /** Every answer that was drawn, with what it was drawn for: which only the device knows. */
  const drawn: Drawn[] = []

  const noteDrawn = (database: Stored, { body, epsilon }: Event & { type: 'report' }): void => {
    if (!epsilon || database.damaged) return
    const { segmentation, segment } = parseAnyReport(body)
    const asked = stateOf(database)?.budget?.asked.find(it => it.segmentation === segmentation)
    const truth = asked?.truths.at(-1)
    if (asked && truth) drawn.push({ truth, told: segment, among: asked.segments, epsilon })
  }

  const isNoted = (body: string): boolean => {
    const it = parseAnyReport(body)
    return 'token' in it ? tokens.get(it.token)?.has(body) === true : journal.get(it.pseudonym)?.get(it.seq) === body
  }

  return { journal, tokens, checkReport, checkPinned, checkAnswer, checkSpent, noteDrawn, drawn, isNoted }
}
