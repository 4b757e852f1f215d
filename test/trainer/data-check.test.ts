import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkColumn } from '../../trainer/column-check.ts'
import { dateFormatOf } from '../../trainer/date-formats.ts'
import { instantReader } from '../../trainer/instant.ts'
import { nearside, scratch, smallData, smallRecipe } from './io.ts'

describe('the data check', () => {
  it.each([
    ['whole numbers', ['1', '2', ' 3', '', 'x4', ...Array(20).fill('5')], { missing: 1, odd: 1 }],
    ['numbers', ['1.5', 2, -3e2, null], { missing: 1, odd: 0 }],
    ['instants', ['2026-01-31', '2026-02-28', 'NA'], { missing: 1, format: 'YYYY-MM-DD' }],
    ['yes or no', ['TRUE', 'false', 'Yes'], { odd: 0 }],
    ['words', ['=HYPERLINK("x")', 'red', 'blue', '@SUM(A1)', '+1+cmd', '-1-2'], { formulas: 3 }],
    ['numbers', ['1.234,50', '7', '0,5'], { decimal: ',', odd: 0 }],
    ['texts', ['a sentence that goes on for longer than any word or name does'], { odd: 0 }],
    ['nothing', ['', null, 'n/a'], { missing: 3 }],
  ])('knows a column of %s', (type, cells, more) => {
    expect(checkColumn('it', cells)).toMatchObject({ type, ...more })
  })

  it('tells of numbers what most are like, and no single one', () => {
    const cells = [...Array.from({ length: 1000 }, (_, i) => i), 1e12]
    expect(checkColumn('it', cells).spread).toEqual([10, 500, 990])
  })

  it.each([
    [['31.12.2025 9:05', '1.2.2026 10:15'], { format: 'D.M.YYYY h:mm' }],
    [['12/31/2025', '1/2/2026'], { format: 'M/D/YYYY' }],
    [['1/2/2026', '3/4/2026'], { format: 'D/M/YYYY', or: 'M/D/YYYY' }],
    [['2026-01-31 10:11:12 +0100'], { format: 'YYYY-MM-DD hh:mm:ss zz' }],
    [['1767225600000123'], { format: 'us' }],
    [['1767225600'], { format: 's' }],
    [['4917112345', '4917112346'], undefined],
    [['2026-01-31 10:11:12+00', '2026-01-31 10:11:12.5+00'], { format: 'YYYY-MM-DD hh:mm:ss[.S]zz' }],
    [['12/31/2025 1:05 PM'], { format: 'M/D/YYYY h:mm AM' }],
    [['31.12.25 13:05'], { format: 'D.M.YY h:mm' }],
    [['1-2-2026'], { format: 'D-M-YYYY', or: 'M-D-YYYY' }],
    [['10115', '20095'], undefined],
  ])('finds the pattern of %j', (texts, expected) => {
    expect(dateFormatOf(texts)).toEqual(expected)
  })

  it('looks through the whole column before it leaves days and months open', () => {
    const cells = Array.from({ length: 900 }, (_, i) => `12/1/2010 ${i % 24}:${10 + (i % 50)}`)
    expect(checkColumn('when', cells)).toMatchObject({ format: 'D/M/YYYY h:mm', orFormat: 'M/D/YYYY h:mm' })
    expect(checkColumn('when', [...cells, '12/13/2010 9:00'])).toMatchObject({ format: 'M/D/YYYY h:mm' })
    expect(checkColumn('when', [...cells, '12/13/2010 9:00'])).not.toHaveProperty('orFormat')
  })

  it.each([
    ['YYYY-MM-DD hh:mm:ss zz', '2026-01-31 00:30:00 +0100', Date.UTC(2026, 0, 30, 23, 30)],
    ['YYYY-MM-DDThh:mm:sszz', '2026-01-31T00:30:00-05:30', Date.UTC(2026, 0, 31, 6)],
    ['YYYY-MM-DDThh:mm:sszz', '2026-01-31T00:30:00Z', Date.UTC(2026, 0, 31, 0, 30)],
    ['us', '1767225600000123', 1767225600000],
    ['YYYY-MM-DD hh:mm:ss[.S] UTC', '2026-01-31 00:30:00.5 UTC', Date.UTC(2026, 0, 31, 0, 30, 0, 500)],
    ['YYYY-MM-DD hh:mm:ss[.S]', '2026-01-31 00:30:00', Date.UTC(2026, 0, 31, 0, 30)],
    ['M/D/YYYY h:mm AM', '1/31/2026 12:30 AM', Date.UTC(2026, 0, 31, 0, 30)],
    ['M/D/YYYY h:mm AM', '1/31/2026 12:30 PM', Date.UTC(2026, 0, 31, 12, 30)],
    ['M/D/YYYY h:mm AM', '1/31/2026 13:30 PM', undefined],
    ['D.M.YY', '31.1.99', Date.UTC(1999, 0, 31)],
    ['YYYY-MM-DDThh:mm:ss.SSSSSSZ', '2026-01-31T00:30:00.123999Z', Date.UTC(2026, 0, 31, 0, 30, 0, 123)],
  ])('reads %s: %s', (format, text, at) => {
    expect(instantReader(format, 'format')(text)).toBe(at)
  })
})

const trained = async (data: string, recipe: string, ...options: string[]) => {
  const at = scratch()
  const args = ['train', at('data.csv', data), '--recipe', at('recipe.json', recipe), '--out', at('m.json')]
  const ran = await nearside(...args, ...options)
  return { ...ran, at, model: () => readFileSync(at('m.json'), 'utf8') }
}

describe('nearside train', () => {
  it('tells what the check found, and under --strict makes no model of it', async () => {
    const data = `Email,${smallData()}\n=cmd|x,1`.replace(/\n/g, '\nx,')
    const { out } = await trained(data, smallRecipe())
    expect(out).toContain('warning: 1 not a number in shelf')
    expect(out).toContain('not read: Email, which by its name holds e-mail addresses')
    const { code, err, model } = await trained(data, smallRecipe(), '--strict')
    expect(code).toBe(1)
    expect(err).toMatch(/warnings under --strict: 1 not a number in shelf/)
    expect(model).toThrow()
    expect((await trained(smallData(), smallRecipe(), '--strict')).code).toBe(0)
    const dataset = { title: 'x', source: 'y', licence: 'own', basis: 'to be stated: on what ground' }
    const draft = await trained(smallData(), smallRecipe({ dataset }), '--strict')
    expect(draft.err).toContain('the recipe does not say on what ground the data may be used')
  })

  it('leaves out whom --exclude names, and counts them', async () => {
    const [header, ...lines] = smallData().split('\n')
    const data = [`who,${header}`, ...lines.map((line, i) => `p${i},${line}`)].join('\n')
    const at = scratch()
    const exclude = ['--exclude', at('list.txt', 'p3\n# a remark\np5 # asked on the phone\np999\n')]
    const { out } = await trained(data, smallRecipe({ key: 'who' }), '--json', ...exclude)
    expect(JSON.parse(out).rows).toMatchObject({ read: 100, left: [{ reason: 'excluded', rows: 2 }] })
    const { err } = await trained(data, smallRecipe(), ...exclude)
    expect(err).toContain('recipe.json.key: nothing is there. Name the column that tells whose a row is')
  })

  it('says so where nobody on the list is in the data, and refuses a list without tokens where keys are tokens', async () => {
    const [header, ...lines] = smallData().split('\n')
    const keyed = (key: (i: number) => string) =>
      [`who,${header}`, ...lines.map((line, i) => `${key(i)},${line}`)].join('\n')
    const at = scratch()
    const exclude = ['--exclude', at('list.txt', 'anna@example.org\n')]
    const { code, out } = await trained(
      keyed(i => `p${i}`),
      smallRecipe({ key: 'who' }),
      '--strict',
      ...exclude,
    )
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringContaining('none of 1 people to exclude is in the data'),
    })
    const { err } = await trained(
      keyed(i => `k-${String(i).padStart(22, 'a')}`),
      smallRecipe({ key: 'who' }),
      ...exclude,
    )
    expect(err).toMatch(
      /people to exclude: none is a token, though who holds tokens\. .* nearside tokenize <list> --list/,
    )
  })

  it('reads fractions after a comma where the recipe says so, and says so where it does not', async () => {
    const offline = (column: string, name: string) => ({ column, offline: { name } })
    const vector = [offline('shelf', 'shelf_pages'), offline('cart', 'cart_pages')]
    const comma = smallData()
      .replace(/(\d+),(\d+)/g, '$1.000,5;$2')
      .replace(',', ';')
    const point = smallData()
      .replace(/(\d+),(\d+)/g, '$1000.5;$2')
      .replace(',', ';')
    const modelOf = async (data: string, change: object) =>
      (await trained(data, smallRecipe({ vector, ...change }))).model().replace(/sha256:\w+/, '')
    expect(await modelOf(comma, { decimal: ',' })).toBe(await modelOf(point, {}))
    const { err } = await trained(comma, smallRecipe({ vector }))
    expect(err).toMatch(/none of 100 rows can be used; 100 not a number in shelf\. .* say "decimal": ","/)
  })

  it('makes the same model however extreme a single person is, where the recipe asks for robust scaling', async () => {
    const [header, ...lines] = smallData(300).split('\n')
    const bought = lines.map((line, i) => `${line},${(i * 7) % 5 < 1 + (i % 3) ? 'yes' : 'no'}`)
    const far = Array.from({ length: 12 }, (_, i) => `${60 + 2 * i},${20 + i},no`)
    const propensity = {
      ...{ kind: 'propensity', id: 'buy', label: 'Likely to buy', uses: ['content'], bands: [0.4] },
      ...{ features: ['shelf_pages', 'cart_pages'], method: 'logistic', outcome: { column: 'bought', is: ['yes'] } },
    }
    const outliers = { label: 'Far', description: 'Far from all.', share: 0.03 }
    const modelOf = async (extreme: string, scale: string) => {
      const recipe = JSON.parse(smallRecipe({ scale, test: 0 }, scale === 'robust' ? { outliers } : {}))
      recipe.segmentations.push(propensity)
      const data = [`${header},bought`, ...bought, ...far, `${extreme},yes`].join('\n')
      const { code, err, model } = await trained(data, JSON.stringify(recipe))
      expect({ code, err }).toEqual({ code: 0, err: '' })
      return model().replace(/sha256:\w+/, '')
    }
    expect(await modelOf('90,40', 'robust')).toBe(await modelOf('90000,40', 'robust'))
    expect(await modelOf('30,9', 'standard')).not.toBe(await modelOf('40,9', 'standard'))
  })
})
