// What the collector counts, against the ledger that a visitor takes away.
import type { AccessDocument } from '../../core/access.ts'
import { parseReport, type Report } from '../../core/report.ts'
import type { SdkSite } from '../harness/sdk-site.ts'
import { must } from './broken.ts'

const reportsIn = (it: AccessDocument): readonly string[] =>
  [...(it.folded?.kept ?? []), ...it.ledger].flatMap(({ event }) => (event.type === 'report' ? [event.body] : []))

/** What the ledger says was answered 204 is counted, byte for byte; what was not answered, at most. */
export const checkCounted = async (site: SdkSite, it: AccessDocument, begunAnew: boolean): Promise<void> => {
  const sent = reportsIn(it)
  for (const { path, body } of site.received)
    if (path === '/v1/reports' && !begunAnew) must(sent.includes(body), 'what was sent is on the ledger', body)
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
  const taken = site.received
    .filter(({ path }) => path === '/v1/erasures')
    .map(({ body }) => JSON.parse(body).pseudonym)
  const sure = [...latest.values()].filter(
    ({ pseudonym, seq }) => answered.get(pseudonym) === seq && !taken.includes(pseudonym),
  )
  const counts = await site.counts()
  for (const { segmentation, segment } of sure)
    must(
      counts.some(cell => cell.segmentation === segmentation && cell.segment === segment),
      'what was answered 204 is counted',
      segmentation,
      segment,
      counts,
    )
  const total = counts.reduce((sum, { count }) => sum + count, 0)
  if (!begunAnew) must(total <= latest.size, 'nothing more is counted than was sent', counts, [...latest.values()])
}
