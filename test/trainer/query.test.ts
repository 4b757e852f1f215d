import { describe, expect, it } from 'vitest'
import { type DuckDb, queryTable } from '../../cli/duckdb.ts'
import { instantReader } from '../../trainer/instant.ts'
import { nearside, scratch, smallRecipe } from './io.ts'

const installed = await import(/* @vite-ignore */ ['@duckdb', 'node-api'].join('/')).then(
  it => it as DuckDb,
  () => undefined,
)

const query = `CREATE TABLE visits AS
  SELECT CASE WHEN range % 3 = 0 THEN 2 ELSE 20 + range % 5 END AS shelf, CASE WHEN range % 3 = 0 THEN 9 ELSE range % 2 END AS cart FROM range(100);
SELECT shelf, cart::DECIMAL(10, 2) AS cart, TIMESTAMPTZ '2026-01-01 10:00:00+02' AS at, NULL AS none FROM visits;`

describe('a query as a data file', () => {
  it('says what to install where DuckDB is not', async () => {
    const at = scratch()
    const load = async () => {
      throw Object.assign(new Error('no'), { code: 'ERR_MODULE_NOT_FOUND' })
    }
    await expect(queryTable(at('q.sql', query), 'all', load)).rejects.toThrow(
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

    it('reads what is attached, and cannot write to it', async () => {
      const at = scratch()
      const attach = (more: string) => `ATTACH '${at('shop.duckdb')}' AS shop${more};`
      const made = query.replaceAll('visits', 'shop.main.visits')
      expect((await queryTable(at('a.sql', `${attach('')}${made}`), 'all')).table.rows).toBe(100)
      const { table } = await queryTable(
        at('b.sql', `${attach(' (READ_ONLY)')}SELECT shelf, cart FROM shop.main.visits ORDER BY ALL`),
        'all',
      )
      expect(table).toMatchObject({ names: ['shelf', 'cart'], rows: 100 })
      const writes = at('c.sql', `${attach(' (READ_ONLY)')}DELETE FROM shop.main.visits`)
      await expect(queryTable(writes, 'all')).rejects.toThrow(/read-only/)
    })

    it.skipIf(!process.env.NEARSIDE_POSTGRES)(
      'reads a table of PostgreSQL, where NEARSIDE_POSTGRES says how to reach one',
      async () => {
        const at = scratch()
        const attach = (more: string) => `ATTACH '${process.env.NEARSIDE_POSTGRES}' AS shop (TYPE postgres${more});`
        const made = `${attach('')}CREATE OR REPLACE TABLE shop.public.visits AS SELECT range AS shelf, range % 3 AS cart FROM range(50); SELECT 1 AS done`
        await queryTable(at('a.sql', made), 'all')
        const { table } = await queryTable(
          at('b.sql', `${attach(', READ_ONLY')}SELECT * FROM shop.public.visits ORDER BY shelf`),
          'all',
        )
        expect(table).toMatchObject({ names: ['shelf', 'cart'], rows: 50 })
      },
    )

    it.each([
      ['LOAD no_such_part', /q\.sql: .*xtension.*Let DuckDB fetch it once/],
      ['SELECT nope FROM range(3)', /q\.sql: Binder Error/],
      ['SELEKT 1', /q\.sql: Parser Error/],
      ['SELECT 1 AS shelf WHERE false', /no rows/],
      ['SELECT 1 AS shelf, 2 AS shelf', /stands twice/],
    ])('refuses %s', async (sql, problem) => {
      const at = scratch()
      await expect(queryTable(at('q.sql', sql), 'all')).rejects.toThrow(problem)
    })
  })
})
