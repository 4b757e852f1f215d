/** What the collector's database holds, and how an older one is brought up to date. */

import type { Database } from 'libsql'

/**
 * Step n brings `user_version` from n to n + 1. A step that has been released is never edited.
 *
 * - `report`: one row for each pseudonym of an open epoch; it is there to be replaced or erased, and goes when the epoch closes.
 * - `cell`: the counts themselves, kept in step with `report` in the same transaction, so that closing an epoch only deletes.
 *   `arm` (of a control group; empty without one) and `epsilon` (of a randomised report; 0 is exact) tell kinds of counts apart.
 * - `tombstone`: digests of erased pseudonyms, so that a late report cannot bring one back. Not the pseudonyms.
 * - `token`: one row for each private report of an open epoch, so that none is counted twice. Not what it said.
 * - `state`: `closed_through`, the last epoch that was closed.
 */
const STEPS = [
  `CREATE TABLE report (
     site TEXT NOT NULL, pseudonym TEXT NOT NULL, segmentation TEXT NOT NULL, epoch INTEGER NOT NULL,
     seq INTEGER NOT NULL, model TEXT NOT NULL, notice TEXT NOT NULL, segment TEXT NOT NULL,
     PRIMARY KEY (site, pseudonym, segmentation, epoch)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE cell (
     site TEXT NOT NULL, epoch INTEGER NOT NULL, segmentation TEXT NOT NULL, model TEXT NOT NULL, notice TEXT NOT NULL,
     arm TEXT NOT NULL DEFAULT '', epsilon REAL NOT NULL DEFAULT 0, segment TEXT NOT NULL, count INTEGER NOT NULL CHECK (count >= 0),
     PRIMARY KEY (site, epoch, segmentation, model, notice, arm, epsilon, segment)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE tombstone (digest TEXT NOT NULL PRIMARY KEY, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;
   CREATE TABLE state (name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;`,
  `ALTER TABLE report ADD COLUMN arm TEXT NOT NULL DEFAULT '';
   CREATE TABLE token (
     site TEXT NOT NULL, epoch INTEGER NOT NULL, token TEXT NOT NULL, PRIMARY KEY (site, epoch, token)
   ) STRICT, WITHOUT ROWID;`,
] as const

/** @throws Error where the database was written by a newer version */
export const migrate = (db: Database): void => {
  const [{ user_version: from }] = db.pragma('user_version') as [{ user_version: number }]
  if (from > STEPS.length)
    throw new Error(`The database is of version ${from}; this collector knows ${STEPS.length}. Run a newer one.`)
  for (const [step, sql] of STEPS.entries()) {
    if (step < from) continue
    db.exec(`BEGIN IMMEDIATE; ${sql} PRAGMA user_version = ${step + 1}; COMMIT;`)
  }
}
