// A collector without a socket, on a database of its own, at a time of our choosing.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'libsql'
import { onTestFinished } from 'vitest'
import { createCollector, type Parts } from '../../collector/collector.ts'
import { openTally } from '../../collector/tally/tally.ts'
import { EPOCH_MS, type Epoch } from '../../core/epoch.ts'
import type { Pseudonym } from '../../core/pseudonym.ts'
import { printReport, printTicket, type Report, type Ticket } from '../../core/report.ts'
import type { SegmentId } from '../../core/segmentation.ts'

/** The epoch in which tests begin, and its middle. */
export const EPOCH = 3000 as Epoch
export const MIDDLE = (EPOCH + 0.5) * EPOCH_MS

export const pseudonym = (): Pseudonym => randomBytes(16).toString('base64url') as Pseudonym

export const report = (own: Partial<Report> = {}): Report => ({
  v: 1,
  site: 'shop',
  model: 'visits.1',
  epoch: EPOCH,
  segmentation: 'visit',
  segment: 'b2' as SegmentId,
  pseudonym: pseudonym(),
  seq: 1,
  notice: '2026-1',
  ...own,
})

export const PLAIN = { 'Content-Type': 'text/plain;charset=UTF-8' }

export const temporary = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'nearside-collector-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export const createWorld = (own: Partial<Parts> & { mostBytes?: number } = {}) => {
  const folder = temporary()
  const path = join(folder, 'counts.db')
  const tally = openTally(path, own.mostBytes)
  let now = MIDDLE
  const logged: string[] = []
  const app = createCollector({
    minimumSize: 1,
    open: true,
    log: line => void logged.push(line),
    ...own,
    tally,
    clock: { now: () => now },
  })
  let stopped = false
  const stop = (): void => {
    if (!stopped) tally.stop()
    stopped = true
  }
  onTestFinished(stop)

  const post = async (path: string, body: BodyInit, headers: Record<string, string> = PLAIN): Promise<Response> =>
    app.request(path, {
      method: 'POST',
      body,
      headers,
      ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
    } as RequestInit)
  /** `visit/b2 3` a line, and the epoch before it. */
  const counts = async (site = 'shop'): Promise<Record<string, number>> => {
    const { groups } = (await (await app.request(`/v1/sites/${site}/counts`)).json()) as {
      groups: { epoch: number; segmentation: string; counts: { segment: string; count: number }[] }[]
    }
    return Object.fromEntries(
      groups.flatMap(it =>
        it.counts.map(each => [`${it.epoch - EPOCH} ${it.segmentation}/${each.segment}`, each.count]),
      ),
    )
  }

  return {
    app,
    tally,
    path,
    logged,
    stop,
    post,
    counts,
    report: (own: Partial<Report> = {}) => post('/v1/reports', printReport(report(own))),
    erase: (own: Partial<Ticket>) =>
      post('/v1/erasures', printTicket({ v: 1, site: 'shop', pseudonym: pseudonym(), ...own })),
    at: (time: number) => {
      now = time
    },
    /** Every byte in the database's files. */
    bytes: (): string =>
      readdirSync(folder)
        .map(file => readFileSync(join(folder, file), 'latin1'))
        .join(''),
    /** Looks at the file as anybody who has it could. */
    look: (sql: string): Record<string, unknown>[] => {
      const db = new Database(path)
      try {
        return db.prepare(sql).all() as Record<string, unknown>[]
      } finally {
        db.close()
      }
    },
  }
}

export type World = ReturnType<typeof createWorld>
