// Whatever is in a file: a clear error in one line, or rows that are left out and counted. Never a crash, and never another model.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decode } from '../../cli/decode.ts'
import { describeWithData } from '../harness/data.ts'
import { RETAIL } from '../harness/retail.ts'
import { nearside, scratch, smallData, smallRecipe } from './io.ts'

type Data = string | Uint8Array

const train = async (data: Data, recipe = smallRecipe()) => {
  const at = scratch()
  const path = at('data.csv')
  writeFileSync(path, data)
  const args = ['train', path, '--recipe', at('recipe.json', recipe), '--out', at('m.json'), '--json']
  const { code, out, err } = await nearside(...args)
  const model = () => readFileSync(at('m.json'), 'utf8').replace(/sha256:\w+/, '')
  return { code, out, err, model }
}

let plain: string | undefined
const expected = async (): Promise<string> => {
  plain ??= (await train(smallData())).model()
  return plain
}
const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1')
const utf16 = (text: string): Uint8Array => Buffer.from(`\uFEFF${text}`, 'utf16le')
const asLines = (text: string): string => {
  const [names = [], ...rows] = text.split('\n').map(line => line.split(','))
  return rows.map(row => JSON.stringify(Object.fromEntries(names.map((name, i) => [name, Number(row[i])])))).join('\n')
}

describe('read as meant: the same model', () => {
  it.each<[string, Data]>([
    ['a byte order mark', `\uFEFF${smallData()}`],
    ['Windows line ends', smallData().replaceAll('\n', '\r\n')],
    ['line ends of old Macs', smallData().replaceAll('\n', '\r')],
    ['semicolons', smallData().replaceAll(',', ';')],
    ['tabs', smallData().replaceAll(',', '\t')],
    ['blank lines', `\n\n${smallData().replaceAll('\n', '\n\n')}\n\n`],
    ["Excel's word on what parts cells", `sep=;\r\n${smallData().replaceAll(',', ';')}`],
    ['quotes round everything', smallData().replace(/[^,\n]+/g, '"$&"')],
    ['blanks round numbers', smallData().replace(/(\d+)/g, ' $1 ')],
    [
      'columns called like parts of every object',
      smallData()
        .split('\n')
        .map((line, i) => `${i ? '7,7,7' : '__proto__,constructor,toString'},${line}`)
        .join('\n'),
    ],
    ['JSON lines', asLines(smallData())],
    [
      'JSON lines that would change every object',
      asLines(smallData()).replaceAll('{', '{"__proto__":{"shelf":9},"constructor":{"prototype":{"cart":9}},'),
    ],
    [
      'JSON lines nested without end',
      asLines(smallData()).replaceAll('{', `{"a":${'{"b":'.repeat(500)}1${'}'.repeat(500)},`),
    ],
  ])('%s', async (_, data) => {
    const { code, err, model } = await train(data)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(model()).toBe(await expected())
    expect(({} as { shelf?: number }).shelf).toBeUndefined()
  })
})

describe('left out and counted: the same model as without it', () => {
  it.each<[string, string, string]>([
    ['NaN', 'NaN', 'not finite'],
    ['infinity', '-Infinity', 'not finite'],
    ['1e308', '1e308', 'too large'],
    ['1e309', '1e309', 'not finite'],
    ['-1e308', '-1e308', 'too large'],
    ['the largest of all counts and one', '9007199254740993', 'too large'],
    ['less than nothing', '-1', 'negative'],
    ['a gap', '', 'missing'],
    ['a gap in words', 'NULL', 'missing'],
    ['a blank that does not break', '\u00A0', 'missing'],
    ['a formula', '=1+1', 'not a number'],
    ['a formula that runs a program', '=cmd|/C calc!A0', 'not a number'],
    ['a number of base 16', '0x10', 'not a number'],
    ['a decimal comma', '"1,5"', 'not a number'],
    ['a thousands point', '1.234.567', 'not a number'],
    ['digits of another script', '١٢', 'not a number'],
    ['two minus signs', '--1', 'not a number'],
    ['a day', '2026-01-31', 'not a number'],
    ['true', 'true', 'not a number'],
    ['markup', '<script>alert(1)</script>', 'not a number'],
    ['a statement of SQL', "'; DROP TABLE visits; --", 'not a number'],
    ['text that turns round', '\u202E12', 'not a number'],
    ['a cell of a million characters', 'x'.repeat(1e6), 'not a number'],
    ['two lines in a cell', '"1\n2"', 'not a number'],
  ])('%s', async (_, cell, reason) => {
    const { code, out, err, model } = await train(`${smallData()}\n${cell},1`)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(JSON.parse(out).rows.left).toEqual([{ reason, column: 'shelf', rows: 1 }])
    expect(model()).toBe(await expected())
  })
})

const million = Array.from({ length: 1e6 }, (_, i) => `c${i}`).join(',')

describe('refused in one clear line', () => {
  it.each<[string, Data, RegExp]>([
    ['nothing', '', /empty/],
    ['blanks', '  \n \n', /empty/],
    ['a mark and nothing else', '\uFEFF', /empty/],
    ['no header', '1,2\n3,4', /line 1: numbers where the header should be/],
    ['lines above the header', `# Free form\n# 20250101\n\n${smallData()}`, /line 4, column 2: .* Take away what/],
    ['a PDF', '%PDF-1.7 x', /a PDF\. Export the table/],
    ['a page to log in', '<!DOCTYPE html><html>', /a web page\. Look whether the export wants you to log in/],
    ['a header alone', 'shelf,cart', /a header without rows/],
    ['UTF-16', utf16(smallData()), /UTF-16\. Save it as UTF-8/],
    ['Latin-1', latin1(`shelf,cart\n1,2\n3,M\u00FCller`), /line 3: not UTF-8/],
    ['a packed file', gzipSync(smallData()), /compressed/],
    ['a spreadsheet', Uint8Array.from([0x50, 0x4b, 3, 4, 1, 2]), /a spreadsheet or an archive/],
    ['zeros', 'shelf,cart\n1,2\n\0\0', /byte 15 is zero/],
    ['a million columns', `${million}\n1`, /1000000 columns/],
    ['a million columns in JSON', `{${million.replace(/c\d+/g, '"$&":1')}}`, /10001 columns/],
    ['a name of a million letters', `${'x'.repeat(1e6)},cart\n1,2`, /column 1: a name of 1000000 characters/],
    ['a column without a name', 'shelf,,cart\n1,2,3', /line 1, column 2: a column without a name/],
    ['two columns of one name', 'shelf,cart,shelf\n1,2,3', /line 1, column 3: shelf stands twice/],
    ['a line too short', 'shelf,cart\n1,2\n3', /line 3, column 2/],
    ['a line too long', 'shelf,cart\n1,2\n3,4,5', /line 3, column 3/],
    ['a quote that does not end', 'shelf,cart\n1,"2\n3,4', /line 2, column 2/],
    ['no such column', 'a,b\n1,2', /has no column shelf/],
    ['half a line of JSON', '{"shelf":1,"cart":2}\n{"shelf":1,"ca', /line 2, column \d+: not valid JSON/],
    ['a list of objects', '[{"shelf":1,"cart":2}]', /a list in JSON\. Give one object a line/],
    ['a list among objects', '{"shelf":1,"cart":2}\n[1,2]', /line 2, column 1: no object/],
    ['the beginning of a Parquet file', 'PAR1abcdefgh', /not a whole Parquet file/],
    [
      'a Parquet file that lies about its end',
      Buffer.from('PAR1\xff\xff\xff\x7fPAR1', 'latin1'),
      /not a whole Parquet file/,
    ],
    ['only rows that cannot be used', 'shelf,cart\nNaN,1\n1e308,1', /none of 2 rows can be used/],
    ['one row over and over', `shelf,cart${'\n1,1'.repeat(99)}`, /2 clusters of 1 different points/],
  ])('%s', async (_, data, problem) => {
    const { code, out, err, model } = await train(data)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toMatch(problem)
    expect(err.split('\n')).toHaveLength(1)
    expect(err.length).toBeLessThan(400)
    expect(model).toThrow()
  })

  const named = (segment: object) =>
    smallRecipe(
      {},
      { segments: [{ label: 'A', description: 'B.', typical: { shelf_pages: 9, cart_pages: 1 }, ...segment }] },
    )

  const asked = { id: 'more', label: 'More', uses: ['content'] }
  const bad = [
    { id: 'x0', label: 'A', description: 'B.' },
    { id: 'x1', label: '../../etc/passwd', description: 'B.' },
  ]
  const likely = { features: ['shelf_pages'], outcome: { column: 'cart', least: 1 }, bands: [0.5] }
  const ruled = {
    segments: bad,
    rules: [{ segment: 'x1', all: [{ feature: 'shelf_pages', least: 1 }] }],
    otherwise: 'x0',
  }
  const beside = (segmentation: object) =>
    smallRecipe({ segmentations: [JSON.parse(smallRecipe()).segmentations[0], { ...asked, ...segmentation }] })

  it.each<[string, string, RegExp]>([
    ['a path as the name of a model', smallRecipe({ name: '../../etc/passwd' }), /name: found \.\.\/\.\.\/etc/],
    ['a path as the id of a segmentation', smallRecipe({}, { id: '../x' }), /id: found/],
    ['a path for ids', smallRecipe({}, { ids: '/..' }), /ids: found/],
    ['a path as the name of a segment', named({ label: '../../etc/passwd' }), /label: found \.\.\/\.\./],
    ['markup as the name of a segment', named({ label: '<img src=x>' }), /label: found <img/],
    ['a name that turns round', named({ label: 'ab\u202Edc' }), /label: found/],
    [
      'a path as the name of a band',
      beside({ kind: 'propensity', ...likely, segments: bad.map(({ id: _, ...words }) => words) }),
      /segments\[1\]\.label: found \.\.\//,
    ],
    ['a path as the name of a rule', beside({ kind: 'rules', ...ruled }), /segments\[1\]\.label: found \.\.\//],
    ['a million clusters', smallRecipe({}, { k: 1e6 }), /k: found 1000000/],
    ['a million restarts', smallRecipe({ restarts: 1e6 }), /restarts: found/],
    ['a number that is none', smallRecipe({ minimumSize: '5' }), /minimumSize: found 5/],
    [
      'a field that changes every object',
      `{"__proto__":{"seed":2},${smallRecipe().slice(1)}`,
      /__proto__: no such field/,
    ],
  ])('a recipe with %s', async (_, recipe, problem) => {
    const { code, err } = await train(smallData(), recipe)
    expect(code).toBe(1)
    expect(err).toMatch(problem)
    expect(err.split('\n')).toHaveLength(1)
  })

  it('a text longer than any can be', () => {
    expect(() => decode(new Uint8Array(2 ** 29), 'all.csv')).toThrow('all.csv: larger than 512 MiB. Save it as Parquet')
  })

  it('a folder', async () => {
    const at = scratch()
    mkdirSync(at('folder'))
    const { err } = await nearside(
      'train',
      at('folder'),
      '--recipe',
      at('r.json', smallRecipe()),
      '--out',
      at('m.json'),
    )
    expect(err).toContain('a folder, not a file')
  })
})

describeWithData('half a Parquet file, or one with holes', [RETAIL], paths => {
  it('is refused, wherever it ends', async () => {
    const whole = readFileSync(paths[RETAIL])
    const recipe = smallRecipe(
      {
        vector: [
          {
            column: 'InvoiceNo',
            feature: { name: 'shelf_pages', kind: 'page_view', aggregate: 'count', window: 'session' },
          },
        ],
      },
      { features: ['shelf_pages'] },
    )
    for (const end of [8, 1000, whole.length / 2, whole.length - 1]) {
      const { code, err } = await train(whole.subarray(0, end), recipe)
      expect(code).toBe(1)
      expect(err).toContain('not a whole Parquet file')
    }
    const holed = Buffer.from(whole)
    holed.fill(0, 4, 200_000)
    const { code, err } = await train(holed, recipe)
    expect(code).toBe(1)
    expect(err).toMatch(/cannot be read|none of/)
  })
})
