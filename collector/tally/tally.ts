/** The collector's memory: counts of segment ids, and while an epoch is open the pseudonyms that are counted. */

import { createHash } from 'node:crypto'
import { type Epoch, epochOf } from '../../core/epoch.ts'
import type { PrivateReport } from '../../core/private-report.ts'
import type { Arm, Report, Ticket } from '../../core/report.ts'
import { bytesUsed, openDatabase, passing } from './database.ts'
import { createGroupCommit } from './group-commit.ts'
import { firstOpen, tombstoneUntil } from './open-epochs.ts'
import { prepare } from './statements.ts'

/** `kept`: it counts now; `older`: one of the same or a higher seq counts; `closed`: its epoch is; `erased`: as was asked. */
export type Put = 'kept' | 'older' | 'closed' | 'erased' | 'full'

/** How many devices named a segment. */
export interface Cell {
  readonly site: string
  readonly epoch: Epoch
  readonly segmentation: string
  readonly model: string
  readonly notice: string
  /** Empty where the site has no control group. */
  readonly arm: Arm | ''
  /** Of randomised answers; 0 where they are exact. */
  readonly epsilon: number
  readonly segment: string
  readonly count: number
}

/**
 * `now` is milliseconds since 1970. Promises settle when what they did is on the disk; where the disk is full, failing or held
 * by another they fail with `Unavailable`, and nothing was written.
 */
export interface Tally {
  put(report: Report | PrivateReport, now: number): Promise<Put>
  /** @param bury whether a late report must be kept from bringing it back */
  erase(ticket: Ticket, now: number, bury?: boolean): Promise<void>
  /** Deletes the pseudonyms of epochs that are over; their counts stay. Runs by itself before each write. */
  closeEpochs(now: number): Promise<void>
  sites(): string[]
  /** Newest epoch first. */
  cells(site: string, epoch?: Epoch): Cell[]
  stop(): void
}

type Row = Pick<Report, 'segmentation' | 'epoch' | 'seq' | 'model' | 'notice' | 'segment'> & { readonly arm?: Arm | '' }

/** Room for ten million devices a week. */
const GIBIBYTE = 2 ** 30

const digestOf = (it: Ticket | Report): string =>
  createHash('sha256').update(`${it.site}|${it.pseudonym}`).digest('base64url')

const cellOf = (site: string, it: Omit<Row, 'seq'>, epsilon = 0): unknown[] => [
  site,
  it.epoch,
  it.segmentation,
  it.model,
  it.notice,
  it.arm ?? '',
  epsilon,
  it.segment,
]

/**
 * @param path of the database file, made where there is none
 * @param mostBytes from this size on no report is taken until an epoch closes; erasures always are
 */
export const openTally = (path: string, mostBytes = GIBIBYTE): Tally => {
  const db = openDatabase(path)
  const sql = prepare(db)
  let full = bytesUsed(db) >= mostBytes
  let swept: Epoch | undefined
  let sweeping: Epoch | undefined
  let remains = false

  const commits = createGroupCommit(db, () => {
    swept = sweeping
    try {
      full = bytesUsed(db) >= mostBytes
      // What was deleted still stands in the write-ahead log until that is emptied.
      if (remains) db.pragma('wal_checkpoint(TRUNCATE)')
      remains = false
    } catch {
      // A reader holds it; the next commit tries again.
    }
  })

  const close = (now: number): void => {
    sweeping = epochOf(now)
    const { epoch } = sql.lastOver.get(firstOpen(now)) as { epoch: Epoch | null }
    if (epoch !== null) sql.markClosed.run(epoch)
    sql.removeOver.run(firstOpen(now))
    sql.forgetOver.run(firstOpen(now))
    sql.removeEmpty.run()
    sql.unbury.run(sweeping)
    remains = true
  }
  const writing = <T>(now: number, act: () => T): Promise<T> =>
    commits.run(() => {
      if (epochOf(now) !== swept) close(now)
      return act()
    })

  /** By what was closed, not by the clock alone: a clock that goes back must not count anybody twice. */
  const isClosed = ({ epoch }: Pick<Report, 'epoch'>): boolean => {
    const closed = sql.closedThrough.get() as { value: Epoch } | undefined
    return closed !== undefined && epoch <= closed.value
  }

  const putPrivate = (it: PrivateReport): Put => {
    if (isClosed(it)) return 'closed'
    if (sql.counted.get(it.site, it.epoch, it.token)) return 'older'
    if (full) return 'full'
    sql.count.run(it.site, it.epoch, it.token)
    sql.add.run(...cellOf(it.site, it, it.epsilon))
    return 'kept'
  }

  const put = (it: Report): Put => {
    if (sql.buried.get(digestOf(it))) return 'erased'
    if (isClosed(it)) return 'closed'
    const before = sql.find.get(it.site, it.pseudonym, it.segmentation, it.epoch) as Row | undefined
    if (before && before.seq >= it.seq) return 'older'
    if (full) return 'full'
    if (before) sql.take.run(...cellOf(it.site, { ...it, ...before }))
    sql.put.run(it.site, it.pseudonym, it.segmentation, it.epoch, it.seq, it.model, it.notice, it.arm ?? '', it.segment)
    sql.add.run(...cellOf(it.site, it))
    return 'kept'
  }

  const erase = (it: Ticket, now: number, bury: boolean): void => {
    for (const row of sql.findAll.all(it.site, it.pseudonym) as Row[]) sql.take.run(...cellOf(it.site, row))
    remains = sql.remove.run(it.site, it.pseudonym).changes > 0 || remains
    if (bury) sql.bury.run(digestOf(it), tombstoneUntil(now))
  }

  const asking = <T>(ask: () => T): T => {
    try {
      return ask()
    } catch (error) {
      throw passing(error)
    }
  }

  return {
    put: (report, now) => writing(now, () => ('token' in report ? putPrivate(report) : put(report))),
    erase: (ticket, now, bury = true) => writing(now, () => erase(ticket, now, bury)),
    closeEpochs: now => commits.run(() => close(now)),
    sites: () => asking(() => (sql.sites.all() as { site: string }[]).map(row => row.site)),
    cells: (site, epoch) => asking(() => sql.cells.all(site, epoch ?? null) as Cell[]),
    stop: () => {
      commits.flush()
      // The driver lets the file go only when its statements are collected; until then all of it stands in the one file.
      try {
        db.pragma('wal_checkpoint(TRUNCATE)')
      } finally {
        db.close()
      }
    },
  }
}
