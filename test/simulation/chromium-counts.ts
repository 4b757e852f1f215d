// What the collector counts, against the ledger that a visitor takes away.
import type { AccessDocument } from '../../core/access.ts'
import { parseReport, type Report } from '../../core/report.ts'
import type { SdkSite } from '../harness/sdk-site.ts'
import { must } from './broken.ts'

const reportsIn = (it: AccessDocument): readonly string[] =>
  [...(it.folded?.kept ?? []), ...it.ledger].flatMap(({ event }) => (event.type === 'report' ? [event.body] : []))

/**
 * What the ledger says was answered 204 is counted, byte for byte; what was not answered, at most.
 * @param before what had been sent when the ledger was read, all of which is on it
 */
export const checkCounted = async (site: SdkSite, it: AccessDocument, before: SdkSite['received']): Promise<void> => {
  const sent = reportsIn(it)
  for (const { path, body } of before)
    if (path === '/v1/reports') must(sent.includes(body), 'what was sent is on the ledger', body)
  const latest = new Map<string, Report>()
  const answered = new Map<string, number>()
  for (const { event } of [...(it.folded?.kept ?? []), ...it.ledger]) {
    if (event.type === 'report') {
      const report = parseReport(event.body)
      latest.set(report.pseudonym, report)
    } else if (event.type === 'answer' && event.status === 204) {
      const { segmentation, epoch, seq } = event
      for (const it of latest.values())
        if (it.segmentation === segmentation && it.epoch === epoch) answered.set(it.pseudonym, seq)
    }
  }
  const counts = await site.counts()
  // Taken back, or said anew, since the ledger was read.
  const passed = (pseudonym: string, seq: number): boolean =>
    site.received.some(({ body }) => {
      const it = JSON.parse(body) as { readonly pseudonym: string; readonly seq?: number }
      return it.pseudonym === pseudonym && (it.seq ?? Infinity) > seq
    })
  const sure = [...latest.values()].filter(
    ({ pseudonym, seq }) => answered.get(pseudonym) === seq && !passed(pseudonym, seq),
  )
  for (const { segmentation, segment } of sure)
    must(
      counts.some(cell => cell.segmentation === segmentation && cell.segment === segment),
      'what was answered 204 is counted',
      segmentation,
      segment,
      counts,
    )
  const total = counts.reduce((sum, { count }) => sum + count, 0)
  const named = new Set(site.received.map(({ body }) => JSON.parse(body).pseudonym))
  must(total <= named.size, 'nothing more is counted than was sent', counts, [...named])
}
