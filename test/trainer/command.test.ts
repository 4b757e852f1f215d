import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseConfig } from '../../core/config.ts'
import { parseModel } from '../../core/parse-model.ts'
import { describeWithData } from '../harness/data.ts'
import { nearside, scratch, smallData, smallRecipe } from './io.ts'

const read = (path: string): string => readFileSync(path, 'utf8')

describe('nearside, the command', () => {
  it('explains itself, with an example', async () => {
    const { code, out, err } = await nearside('--help')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/Example: nearside train \S+\.csv --recipe/)
    const commands = [...out.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name]) => name as string)
    expect(commands.length).toBeGreaterThan(12)
    for (const name of commands) {
      const help = await nearside(name, '--help')
      expect(help).toMatchObject({ code: 0, err: '' })
      expect(help.out).toMatch(new RegExp(`^Example: nearside ${name} `, 'm'))
    }
  })

  it('tells its version', async () => {
    const { version } = JSON.parse(read('package.json'))
    expect(await nearside('--version')).toEqual({ code: 0, out: version, err: '' })
  })

  it.each([
    [[], 'no command'],
    [['trian'], 'no command trian. Known: init, recipe'],
    [['train'], 'no data file'],
    [['train', 'a.csv', '--out', 'm'], 'no --recipe'],
    [['train', 'a.csv', '--recipe', 'r'], 'no --out'],
    [['train', 'a.csv', '--recipe', 'r', '--out', 'm', '--speed', '9'], "Unknown option '--speed'"],
    [['train', 'a.csv', '--recipe', 'r', '--out', 'm', '--seed', 'x'], '--seed x'],
  ])('calls %j wrong usage: one line, exit code 2', async (argv, problem) => {
    const { code, out, err } = await nearside(...argv)
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err).toContain(problem)
    expect(err.split('\n')).toHaveLength(1)
  })

  it('trains, tells what it did, and writes the same bytes again', async () => {
    const at = scratch()
    const args = ['train', at('data.csv', smallData()), '--recipe', at('recipe.json', smallRecipe())]
    const { code, out, err } = await nearside(...args, '--out', at('a.json'))
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain('2 segments from')
    await nearside(...args, '--out', at('b.json'))
    expect(read(at('a.json'))).toBe(read(at('b.json')))
    expect(parseModel(read(at('a.json'))).segmentations[0]?.segments.map(each => each.id)).toEqual(['s0', 's1', 's2'])
    await nearside(...args, '--out', at('c.json'), '--seed', '7')
    expect(read(at('c.json'))).not.toBe(read(at('a.json')))
  })

  it('prints one JSON object on request, with sizes that add up', async () => {
    const at = scratch()
    const data = at('data.csv', `${smallData()}\nNaN,1\nabc,1\n,1\n-3,1\n0,0\n1e300,2`)
    const { out } = await nearside(
      'train',
      data,
      '--recipe',
      at('recipe.json', smallRecipe()),
      '--out',
      at('m.json'),
      '--json',
    )
    const { rows, segments, needs, k, digest } = JSON.parse(out)
    expect(out.split('\n')).toHaveLength(1)
    expect(k).toBe(2)
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(rows.left).toEqual([
      { reason: 'not finite', column: 'shelf', rows: 1 },
      { reason: 'not a number', column: 'shelf', rows: 1 },
      { reason: 'missing', column: 'shelf', rows: 1 },
      { reason: 'negative', column: 'shelf', rows: 1 },
      { reason: 'nothing seen', rows: 1 },
      { reason: 'too large', column: 'shelf', rows: 1 },
    ])
    expect(rows.training + rows.test + 6).toBe(rows.read)
    const sum = (of: (segment: { size: number; test: { size: number } }) => number) =>
      segments.map(of).reduce((a: number, b: number) => a + b, 0)
    expect(sum(each => each.size)).toBe(rows.training)
    expect(sum(each => each.test.size)).toBe(rows.test)
    expect(needs).toEqual([
      {
        kind: 'page_view',
        fields: ['page'],
        words: { page: ['cart', 'product'] },
        features: ['cart_pages', 'shelf_pages'],
      },
    ])
  })

  it('replaces the needs of a config, with the notice that is then due, and nothing else', async () => {
    const at = scratch()
    const config = {
      v: 1,
      site: 'shop',
      controller: { name: 'A', contact: 'b' },
      notice: '1',
      model: '/model.json',
      needs: [],
      expose: 'api',
    }
    const path = at('nearside.json', JSON.stringify(config))
    const args = [
      'train',
      at('data.csv', smallData()),
      '--recipe',
      at('recipe.json', smallRecipe()),
      '--out',
      at('m.json'),
    ]
    expect(await nearside(...args, '--config', path)).toMatchObject({ code: 0, err: '' })
    const { needs, notice, ...rest } = JSON.parse(read(path))
    const { needs: _, notice: old, ...before } = config
    expect(rest).toEqual(before)
    expect(notice, 'what it asks for is another').not.toBe(old)
    expect(parseConfig(read(path)).notice).toBe(notice)
    expect(Object.keys(JSON.parse(read(path)))).toEqual(Object.keys(config))
    expect(needs).toHaveLength(1)
    expect(read(path)).toContain('\n  "site": "shop"')
  })

  it('writes neither model nor config where the config is wrong', async () => {
    const at = scratch()
    const path = at('nearside.json', '{ "v": 1 }')
    const args = [
      'train',
      at('data.csv', smallData()),
      '--recipe',
      at('recipe.json', smallRecipe()),
      '--out',
      at('m.json'),
    ]
    const { code, err } = await nearside(...args, '--config', path)
    expect(code).toBe(1)
    expect(err).toContain('nearside.json.site: nothing is there')
    expect(existsSync(at('m.json'))).toBe(false)
    expect(read(path)).toBe('{ "v": 1 }')
  })

  it('says how far it is after a second, and not before', async () => {
    const { progressTo } = await import('../../cli/io.ts')
    const lines: string[] = []
    let now = 0
    const progress = progressTo({ out: () => {}, err: line => lines.push(line), now: () => now }, 'train')
    for (now = 0; now < 3000; now += 100) progress(now / 3000, 'clustering')
    expect(lines).toEqual(['train: clustering, 33 %', 'train: clustering, 66 %'])
  })
})

const bad = async (data: string | Uint8Array, recipe = smallRecipe()): Promise<string> => {
  const at = scratch()
  const path = at('data.csv')
  writeFileSync(path, data)
  const { code, out, err } = await nearside('train', path, '--recipe', at('recipe.json', recipe), '--out', at('m.json'))
  expect({ code, out, written: existsSync(at('m.json')) }).toEqual({ code: 1, out: '', written: false })
  expect(err.split('\n')).toHaveLength(1)
  return err
}

describe('bad input is refused in one clear line, exit code 1, and nothing is written', () => {
  it.each([
    ['a missing value', 'shelf,cart\n1,2\n3\n', 'data.csv line 3, column 2: 1 values where the header names 2'],
    ['a value too many', 'shelf,cart\n1,2\n3,4,5\n', 'data.csv line 3, column 3: 3 values where the header names 2'],
    ['a ragged line after a value of two lines', 'shelf,cart\n"1\n",2\n3\n', 'data.csv line 4, column 2'],
    ['an open quote', 'shelf,cart\n1,2\n3,"4\n5,6\n', 'data.csv line 3, column 2: a quoted value that does not end'],
    ['two columns of one name', 'shelf,shelf\n1,2\n', 'data.csv line 1, column 2: shelf stands twice'],
    ['a column without a name', 'shelf,\n1,2\n', 'data.csv line 1, column 2: a column without a name'],
    ['no rows', 'shelf,cart\n', 'a header without rows'],
    ['an empty file', '', 'data.csv: empty'],
    ['a wrong column', 'shelf,basket\n1,2\n', 'has no column cart. It has: shelf, basket'],
    [
      'no usable row',
      'shelf,cart\nNaN,2\nx,2\n',
      'none of 2 rows can be used; 1 not finite in shelf; 1 not a number in shelf',
    ],
    ['fewer different rows than clusters', `shelf,cart\n${'1,1\n'.repeat(50)}`, '2 clusters of 1 different points'],
    ['a cluster that is too small', `${smallData(12)}`, 'minimumSize: the smallest cluster has fewer than 5 rows'],
    ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0, 0x41]), 'data.csv: not UTF-8 text'],
    ['half a Parquet file', 'PAR1abcdefgh', 'data.csv: not a whole Parquet file'],
  ])('%s', async (_, data, problem) => {
    expect(await bad(data)).toContain(problem)
  })

  it.each([
    ['no JSON', '{', 'recipe.json: not valid JSON'],
    ['a misspelt field', smallRecipe({ seeds: 1 }), 'recipe.json.seeds: no such field'],
    [
      'too few restarts',
      smallRecipe({ restarts: 3 }),
      'recipe.json.restarts: found 3. Expected a whole number from 20',
    ],
    [
      'a feature nothing binds',
      smallRecipe({}, { features: ['other'] }),
      'found other. Expected one of shelf_pages, cart_pages',
    ],
    ['a feature nothing uses', smallRecipe({}, { features: ['cart_pages'] }), 'none uses the feature shelf_pages'],
    ['no clusters', smallRecipe({}, { k: 1 }), 'k: found 1. Expected a whole number from 2'],
    ['a range upside down', smallRecipe({}, { k: { from: 5, to: 3 } }), 'k: from 5 to 3'],
    ['nothing to train', smallRecipe({ segmentations: [] }), 'segmentations: found a list of 0'],
    ['a path as a name', smallRecipe({ name: '../../etc' }), 'recipe.json.name: found ../../etc'],
    ['a day that is past', smallRecipe({ expires: '2025-01-01' }), 'recipe.json.expires: not after issued'],
  ])('a recipe with %s', async (_, recipe, problem) => {
    expect(await bad(smallData(), recipe)).toContain(problem)
  })

  it.each(['data', 'recipe', 'config'])('a missing %s file', async missing => {
    const at = scratch()
    const name = (file: string, text: string): string => (file === missing ? at(`no-${file}`) : at(file, text))
    const args = ['train', name('data', smallData()), '--recipe', name('recipe', smallRecipe()), '--out', at('m.json')]
    const { code, err } = await nearside(...args, '--config', name('config', '{}'))
    expect(code).toBe(1)
    expect(err).toBe(`${at(`no-${missing}`)}: no such file or folder. Check the path.`)
  })

  it('an output that cannot be written', async () => {
    const at = scratch()
    const args = ['train', at('data.csv', smallData()), '--recipe', at('recipe.json', smallRecipe())]
    const { code, err } = await nearside(...args, '--out', at('no/such/m.json'))
    expect({ code, err }).toEqual({ code: 1, err: `${at('no/such/m.json')}: no such file or folder. Check the path.` })
  })
})

describeWithData('Parquet', ['online_retail_541909.parquet'], paths => {
  it('is read as CSV is: every row, only the columns asked for', async () => {
    const { readTable } = await import('../../cli/table.ts')
    const { table, digest } = await readTable(paths['online_retail_541909.parquet'], ['Quantity', 'UnitPrice'])
    expect(table.rows).toBe(541_909)
    expect(table.names).toContain('CustomerID')
    expect([...table.columns.keys()]).toEqual(['Quantity', 'UnitPrice'])
    expect(table.columns.get('Quantity')?.slice(0, 2)).toEqual([6, 6])
    expect(table.columns.get('UnitPrice')?.[0]).toBe(2.55)
    expect(digest).toMatch(/^sha256:/)
  })
})
