/** Every question and change that the tally puts to its database, prepared once. */

import type { Database } from 'libsql'

/** More is no answer to anybody, but a way to keep the server busy. */
const MOST_CELLS = 10_000

// biome-ignore format: one statement a line
const SQL = {
  find: 'SELECT seq, model, notice, arm, segment FROM report WHERE site = ? AND pseudonym = ? AND segmentation = ? AND epoch = ?',
  findAll: 'SELECT segmentation, epoch, seq, model, notice, arm, segment FROM report WHERE site = ? AND pseudonym = ?',
  put: 'INSERT OR REPLACE INTO report (site, pseudonym, segmentation, epoch, seq, model, notice, arm, segment) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  remove: 'DELETE FROM report WHERE site = ? AND pseudonym = ?',
  removeOver: 'DELETE FROM report WHERE epoch < ?',
  lastOver: 'SELECT max(epoch) AS epoch FROM (SELECT max(epoch) AS epoch FROM report WHERE epoch < ?1 UNION ALL SELECT max(epoch) FROM token WHERE epoch < ?1)',

  counted: 'SELECT 1 AS yes FROM token WHERE site = ? AND epoch = ? AND token = ?',
  count: 'INSERT INTO token (site, epoch, token) VALUES (?, ?, ?)',
  forgetOver: 'DELETE FROM token WHERE epoch < ?',

  add: 'INSERT INTO cell (site, epoch, segmentation, model, notice, arm, epsilon, segment, count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1',
  take: 'UPDATE cell SET count = count - 1 WHERE site = ? AND epoch = ? AND segmentation = ? AND model = ? AND notice = ? AND arm = ? AND epsilon = ? AND segment = ?',
  removeEmpty: 'DELETE FROM cell WHERE count = 0',
  sites: 'SELECT DISTINCT site FROM cell WHERE count > 0 ORDER BY site',
  cells: `SELECT site, epoch, segmentation, model, notice, arm, epsilon, segment, count FROM cell
     WHERE site = ?1 AND (?2 IS NULL OR epoch = ?2) AND count > 0
     ORDER BY epoch DESC, segmentation, model, notice, arm, epsilon, count DESC, segment LIMIT ${MOST_CELLS}`,

  bury: 'INSERT OR REPLACE INTO tombstone (digest, until) VALUES (?, ?)',
  buried: 'SELECT 1 AS yes FROM tombstone WHERE digest = ?',
  unbury: 'DELETE FROM tombstone WHERE until < ?',

  closedThrough: "SELECT value FROM state WHERE name = 'closed_through'",
  markClosed: "INSERT INTO state (name, value) VALUES ('closed_through', ?) ON CONFLICT DO UPDATE SET value = max(value, excluded.value)",
} as const

/** As much of a prepared statement as is used. */
interface Statement {
  run(...values: unknown[]): { changes: number }
  get(...values: unknown[]): unknown
  all(...values: unknown[]): unknown[]
}

export type Statements = { readonly [S in keyof typeof SQL]: Statement }

export const prepare = (db: Database): Statements =>
  Object.fromEntries(Object.entries(SQL).map(([name, sql]) => [name, db.prepare(sql)])) as unknown as Statements
