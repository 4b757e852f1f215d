import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import zlib from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DuckDb, queryTable } from '../../cli/duckdb.ts'
import { askPostgres } from '../../cli/postgres.ts'
import { readTable } from '../../cli/table.ts'
import { instantReader } from '../../trainer/instant.ts'
import { findPostgres, type Postgres, startPostgres } from '../harness/postgres.ts'
import { nearside, scratch, smallRecipe } from './io.ts'

const installed = await import(/* @vite-ignore */ ['@duckdb', 'node-api'].join('/')).then(
  it => it as DuckDb,
  () => undefined,
)

/** Only where it was fetched before: a test fetches nothing. */
const attaches = await queryTable('q.sql', 'LOAD postgres; SELECT 1 AS one', 'all').then(
  () => true,
  () => false,
)

const query = `CREATE TABLE visits AS
  SELECT CASE WHEN range % 3 = 0 THEN 2 ELSE 20 + range % 5 END AS shelf, CASE WHEN range % 3 = 0 THEN 9 ELSE range % 2 END AS cart FROM range(100);
SELECT shelf, cart::DECIMAL(10, 2) AS cart, TIMESTAMPTZ '2026-01-01 10:00:00+02' AS at, NULL AS none FROM visits;`

describe('a query as a data file', () => {
  it('says what to install where DuckDB is not', async () => {
    const load = async () => {
      throw Object.assign(new Error('no'), { code: 'ERR_MODULE_NOT_FOUND' })
    }
    await expect(queryTable('q.sql', query, 'all', load)).rejects.toThrow(
      'q.sql: a query needs DuckDB, which is not installed. npm install @duckdb/node-api; or export the table as CSV or Parquet.',
    )
  })

  it('reads instants as DuckDB writes them', () => {
    expect(instantReader('YYYY-MM-DD hh:mm:sszz', 'f')('2026-01-01 08:00:00+00')).toBe(Date.UTC(2026, 0, 1, 8))
  })

  describe.skipIf(!installed)('where it is installed', () => {
    it('trains on the answer, the same each time', async () => {
      const at = scratch()
      const args = ['train', at('q.sql', query), '--recipe', at('r.json', smallRecipe()), '--json']
      const [a, b] = [await nearside(...args, '--out', at('a.json')), await nearside(...args, '--out', at('b.json'))]
      expect(a).toMatchObject({ code: 0, err: '' })
      expect(JSON.parse(a.out).rows.read).toBe(100)
      expect(JSON.parse(a.out).digest).toBe(JSON.parse(b.out).digest)
    })

    it('reads CSV and Parquet beside each other', async () => {
      const at = scratch()
      const [csv, parquet] = [
        at('v.csv', 'who,shelf\n1.0,3\n1.1,4'),
        join(import.meta.dirname, '../fixtures/ga4.parquet'),
      ]
      const sql = `SELECT v.who::VARCHAR AS who, count(*) AS events FROM '${csv}' v JOIN '${parquet}' e ON e.user_pseudo_id = v.who::VARCHAR GROUP BY ALL ORDER BY ALL`
      const { table } = await readTable(at('q.sql', sql), 'all')
      expect(Object.fromEntries(table.columns)).toEqual({ who: ['1.0', '1.1'], events: ['3', '3'] })
    })

    it.each(['snappy', 'gzip', 'brotli', 'zstd'])('writes Parquet that is read as well: %s', async codec => {
      const at = scratch()
      const file = at(`${codec}.parquet`)
      const sql = `COPY (SELECT range AS n, 'word' || range % 3 AS word FROM range(5000)) TO '${file}' (COMPRESSION ${codec}); SELECT 1 AS done`
      await queryTable('q.sql', sql, 'all')
      const read = readTable(file, 'all')
      // Node unpacks zstd from 22.15 on; until then it is said what to do.
      if (codec === 'zstd' && !('zstdDecompressSync' in zlib))
        return expect(read).rejects.toThrow(/zstd\.parquet: cannot be read .* Write it again with snappy/)
      const { columns, rows } = (await read).table
      expect({ rows, last: [...columns.values()].map(cells => cells[4999]) }).toEqual({
        rows: 5000,
        last: [4999, 'word1'],
      })
    })

    it('reads what is attached, and cannot write to it', async () => {
      const at = scratch()
      const attach = (more: string) => `ATTACH '${at('shop.duckdb')}' AS shop${more};`
      const made = query.replaceAll('visits', 'shop.main.visits')
      expect((await readTable(at('a.sql', `${attach('')}${made}`), 'all')).table.rows).toBe(100)
      const { table } = await readTable(
        at('b.sql', `${attach(' (READ_ONLY)')}SELECT shelf, cart FROM shop.main.visits ORDER BY ALL`),
        'all',
      )
      expect(table).toMatchObject({ names: ['shelf', 'cart'], rows: 100 })
      const writes = at('c.sql', `${attach(' (READ_ONLY)')}DELETE FROM shop.main.visits`)
      await expect(readTable(writes, 'all')).rejects.toThrow(/read-only/)
    })

    it.each([
      ['LOAD no_such_part', /q\.sql: .*xtension.*begin the file with "-- postgres: dbname=/],
      ['SELECT nope FROM range(3)', /q\.sql: Binder Error/],
      ['SELEKT 1', /q\.sql: Parser Error/],
      ['SELECT 1 AS shelf WHERE false', /no rows/],
      ['SELECT 1 AS shelf, 2 AS shelf', /stands twice/],
    ])('refuses %s', async (sql, problem) => {
      await expect(queryTable('q.sql', sql, 'all')).rejects.toThrow(problem)
    })
  })
})

const bin = findPostgres()
if (!bin) console.log('queries of PostgreSQL: skipped, no PostgreSQL was found (initdb, pg_ctl and psql)')

const orders = `CREATE TABLE orders (customer bigint, total numeric(10, 2), at timestamptz, note text);
INSERT INTO orders SELECT 9007199254740993 + n % 120, 5 + n % 40, timestamptz '2026-01-01 00:00:00+02' + n * interval '5.5 hours', NULL FROM generate_series(1, 400) n`

describe.skipIf(!bin)('a query of PostgreSQL', () => {
  let server: Postgres
  beforeAll(() => {
    server = startPostgres(bin as string)
    server.run(orders)
  })
  afterAll(() => server?.stop())

  const asked = (sql: string) => `-- postgres: ${server.connection}\n${sql}`
  const all = 'SELECT customer, total, at, note FROM orders ORDER BY at, customer'

  it('is drafted from and trained on, the same each time, with instants in UTC and long numbers exact', async () => {
    const at = scratch()
    const file = at('orders.sql', asked(`SET work_mem = '8MB'; ${all};`))
    const { table } = await readTable(file, 'all')
    expect(table).toMatchObject({ names: ['customer', 'total', 'at', 'note'], rows: 400 })
    expect([...table.columns.values()].map(cells => cells[0])).toEqual([
      '9007199254740994',
      '6.00',
      '2026-01-01 03:30:00+00',
      '',
    ])
    const drafted = await nearside('recipe', file, '--out', at('r.json'), '--yes', '--issued', '2026-12-01')
    expect(drafted).toMatchObject({ code: 0, err: '' })
    const few = readFileSync(at('r.json'), 'utf8').replace('"minimumSize": 50', '"minimumSize": 5')
    const args = ['train', file, '--recipe', at('few.json', few), '--k', '2', '--json', '--out']
    const [a, b] = [await nearside(...args, at('a.json')), await nearside(...args, at('b.json'))]
    expect(a).toMatchObject({ err: '', code: 0 })
    expect(JSON.parse(a.out).rows.read).toBe(120)
    expect(JSON.parse(a.out).digest).toBe(JSON.parse(b.out).digest)
  })

  it.each([
    ['DELETE FROM orders RETURNING 1 AS gone', /cannot execute DELETE in a read-only transaction\. Give a query/],
    ['SELECT nope FROM orders', /q\.sql: column "nope" does not exist\. Mend the query/],
    ['SELECT 1 AS a, 2 AS a', /a stands twice/],
    ['SELECT 1 AS a WHERE false', /a header without rows/],
    ['\\! touch here', /q\.sql: syntax error at or near/],
  ])('refuses %s', async (sql, problem) => {
    await expect(readTable(scratch()('q.sql', asked(sql)), 'all')).rejects.toThrow(problem)
  })

  it('says who is not let in, and keeps passwords out of the file', async () => {
    const ask = (first: string) => askPostgres('q.sql', `-- postgres: ${first}\n${all}`)
    await expect(ask(`${server.connection}-that-is-not`)).rejects.toThrow(/q\.sql: .*does not exist.*~\/\.pgpass/)
    for (const first of ['dbname=shop password=x', 'postgresql://me:x@host/shop'])
      await expect(ask(first)).rejects.toThrow('q.sql: a password in the first line. Put it into ~/.pgpass')
    await expect(askPostgres('q.sql', asked(all), 'no-such-psql')).rejects.toThrow(
      /needs psql, which is not on the path/,
    )
  })

  const attach = (sql: string) => `ATTACH '${server.connection}' AS shop (TYPE postgres, READ_ONLY); ${sql}`

  it.skipIf(!attaches)('is answered by DuckDB as well, where it has the part for PostgreSQL', async () => {
    const { table } = await readTable(
      scratch()('q.sql', attach('SELECT total FROM shop.public.orders ORDER BY ALL')),
      'all',
    )
    expect(table).toMatchObject({ names: ['total'], rows: 400 })
  })
})
