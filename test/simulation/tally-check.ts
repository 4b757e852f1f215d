// What the collector counts, against what the devices' ledgers say was sent.
import { type PrivateReport, printPrivateReport } from '../../core/private-report.ts'
import { printReport, type Report } from '../../core/report.ts'
import { must } from './broken.ts'
import type { Server } from './collector.ts'

/** Every report that was ever on a ledger, by pseudonym and seq. */
export type Journal = ReadonlyMap<string, ReadonlyMap<number, string>>
/** Every private report that was ever on a ledger, by token. */
export type PrivateJournal = ReadonlyMap<string, ReadonlySet<string>>

const countOf = (rows: Iterable<Report | PrivateReport>): string[] => {
  const counts = new Map<string, number>()
  for (const it of rows) {
    const epsilon = 'token' in it ? it.epsilon : 0
    const cell = [it.epoch, it.segmentation, it.model, it.notice, epsilon, it.segment].join()
    counts.set(cell, (counts.get(cell) ?? 0) + 1)
  }
  return [...counts].map(cell => cell.join('=')).sort()
}

/** Looks only where something was handled since. */
export const createTallyCheck = (
  server: Pick<Server, 'rows' | 'tokens' | 'cells' | 'handled'>,
  journal: Journal,
  tokens: PrivateJournal,
) => {
  let checked = 0
  return (): void => {
    if (checked === server.handled()) return
    checked = server.handled()
    const counted = server
      .cells()
      .map(it => `${[it.epoch, it.segmentation, it.model, it.notice, it.epsilon, it.segment].join()}=${it.count}`)
    const sent = countOf([...server.rows.values(), ...server.tokens.values()])
    must(JSON.stringify(counted.sort()) === JSON.stringify(sent), 'the tally counts what it took', counted, sent)
    for (const row of server.rows.values())
      must(
        journal.get(row.pseudonym)?.get(row.seq) === printReport(row),
        'what is counted was on a ledger, byte for byte',
        row,
      )
    for (const row of server.tokens.values())
      must(
        tokens.get(row.token)?.has(printPrivateReport(row)) === true,
        'what is counted of private reports was on a ledger, byte for byte',
        row,
      )
  }
}
