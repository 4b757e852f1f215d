/** One transaction, and so one wait for the disk, for all that arrived while the one before was being written. */

import type { Database } from 'libsql'
import { passing } from './database.ts'

interface Job {
  act(): void
  done(): void
  failed(error: unknown): void
}

export interface GroupCommit {
  /** Runs `act` within the next transaction; settles when that is on the disk, or was undone as a whole. */
  run<T>(act: () => T): Promise<T>
  /** Writes what still waits. */
  flush(): void
}

/** @param committed called after each transaction, outside of it */
export const createGroupCommit = (db: Database, committed: () => void): GroupCommit => {
  let waiting: Job[] = []

  const flush = (): void => {
    const jobs = waiting
    waiting = []
    if (!jobs.length) return
    try {
      db.exec('BEGIN IMMEDIATE')
      for (const job of jobs) job.act()
      db.exec('COMMIT')
    } catch (error) {
      for (const job of jobs) job.failed(passing(error))
      if (db.inTransaction) db.exec('ROLLBACK')
      return
    }
    for (const job of jobs) job.done()
    committed()
  }

  return {
    run: act =>
      new Promise((resolve, reject) => {
        let result: ReturnType<typeof act>
        const job: Job = {
          act: () => {
            result = act()
          },
          done: () => resolve(result),
          failed: reject,
        }
        if (waiting.push(job) === 1) setImmediate(flush)
      }),
    flush,
  }
}
