import { readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { nearside, scratch, smallData, smallRecipe } from './io.ts'

const read = (path: string): string => readFileSync(path, 'utf8')

const orders = [
  'Email,Name,Total,Note,Tag',
  ...Array.from(
    { length: 40 },
    (_, i) =>
      `P${i % 20}@Example.org,Anna Schmidt,${i},${'leave it with the neighbours please and ring twice '.repeat(2)},=1+1`,
  ),
].join('\n')

describe('nearside tokenize', () => {
  it('puts the same token for the same person in every file, and leaves out what is personal', async () => {
    const at = scratch()
    const key = at('key.bin')
    const tokens = async (name: string, data: string, ...options: string[]) => {
      const args = ['tokenize', at(name, data), '--column', 'Email', '--key', key, '--out', at(`${name}.csv`)]
      const { code, err, out } = await nearside(...args, ...options)
      expect({ code, err }).toEqual({ code: 0, err: '' })
      return {
        out,
        lines: read(at(`${name}.csv`))
          .trim()
          .split('\n'),
      }
    }
    const { out, lines } = await tokens('orders', orders, '--make-key')
    expect(statSync(key).mode & 0o777).toBe(0o600)
    expect(lines[0]).toBe('customer,Total,Tag')
    expect(lines[1]).toMatch(/^k-[\w-]{22},0,'=1\+1$/)
    expect(out).toContain('20 people in 40 rows')
    expect(out).toContain('left out: Name, for by its name it holds names of people')
    expect(out).toContain('left out: Note, for it holds free text')
    const other = await tokens('crm', 'Email,tier\np0@example.org ,gold\np1@example.org,silver')
    const keyOf = (line: string | undefined) => line?.split(',')[0]
    expect(other.lines.slice(1).map(keyOf)).toEqual(lines.slice(1, 3).map(keyOf))
    expect(read(at('orders.csv'))).not.toMatch(/example|anna/i)
  })

  it('tokenizes the list of people to exclude by the same key, and training leaves them out', async () => {
    const at = scratch()
    const [header, ...lines] = smallData().split('\n')
    const data = at('data.csv', [`mail,${header}`, ...lines.map((line, i) => `p${i}@example.org,${line}`)].join('\n'))
    const key = ['--key', at('key.bin')]
    await nearside('tokenize', data, '--column', 'mail', ...key, '--make-key', '--out', at('t.csv'))
    const list = at('list.txt', 'P3@example.org\nnobody@example.org')
    await nearside('tokenize', list, '--list', ...key, '--out', at('t.txt'))
    const args = ['--recipe', at('r.json', smallRecipe({ key: 'customer' })), '--out', at('m.json'), '--json']
    const { out } = await nearside('train', at('t.csv'), '--exclude', at('t.txt'), ...args)
    expect(JSON.parse(out).rows.left).toEqual([{ reason: 'excluded', rows: 1 }])
    expect(read(at('m.json'))).not.toContain(readFileSync(at('key.bin')).toString('hex'))
  })

  it('makes no one customer of all who are nobody, and writes nothing over its source', async () => {
    const at = scratch()
    const file = at('o.csv', 'user,total\n0,5\nGuest,6\n7,7\n,8\n7,9')
    const args = ['tokenize', file, '--column', 'user', '--key', at('key.bin'), '--make-key', '--out']
    expect(await nearside(...args, file)).toMatchObject({
      code: 2,
      err: expect.stringContaining('is the data themselves'),
    })
    const { out } = await nearside(...args, at('t.csv'))
    expect(out).toContain('1 people in 5 rows\n  3 rows name nobody, and have no token')
    expect(read(at('t.csv'))).toMatch(/^customer,total\n,5\n,6\nk-[\w-]{22},7\n,8\nk-/)
  })

  it.each([
    ['no key there', [], 1, 'key.bin: no such file'],
    ['another column', ['--make-key', '--column', 'Mail'], 1, 'no column Mail. It has: Email'],
    ['a name that is taken', ['--make-key', '--as', 'Total'], 1, 'a column Total is there already'],
  ])('says what is wrong with %s', async (_, options, code, problem) => {
    const at = scratch()
    const args = ['tokenize', at('o.csv', orders), '--key', at('key.bin'), '--out', at('t.csv'), '--column', 'Email']
    expect(await nearside(...args, ...options)).toMatchObject({ code, err: expect.stringContaining(problem) })
  })

  it('neither writes over a key nor takes a short one', async () => {
    const at = scratch()
    const args = [
      'tokenize',
      at('o.csv', orders),
      '--column',
      'Email',
      '--key',
      at('key.bin', 'short'),
      '--out',
      at('t.csv'),
    ]
    expect((await nearside(...args)).err).toContain('key.bin: 5 bytes. Give a key of 16 at least')
    expect((await nearside(...args, '--make-key')).err).toContain('key.bin: is there already')
    expect(read(at('key.bin'))).toBe('short')
  })
})

describe('nearside anonymize', () => {
  const people = [
    'age,region,spent',
    ...Array.from({ length: 100 }, (_, i) => `${20 + (i % 50)},${i === 7 ? 'island' : 'coast'},${i}`),
  ].join('\n')

  it('tells how many share what is said of each, and writes only what enough share', async () => {
    const at = scratch()
    const args = ['anonymize', at('p.csv', people), '--columns', 'age,region', '--json']
    const plain = JSON.parse((await nearside(...args)).out)
    expect(plain).toMatchObject({ rows: 100, classes: 51, smallest: 1, below: 100 })
    const { out } = await nearside(...args.filter(each => each !== '--json'))
    expect(out).toMatch(/shared by +rows\n +1 +2\n +2 to 4 +98\n/)
    const ranged = JSON.parse((await nearside(...args, '--bins', '4', '--out', at('out.csv'))).out)
    expect(ranged).toMatchObject({ classes: 5, smallest: 1, below: 1, written: 99 })
    expect(ranged.without[0]).toEqual({ column: 'region', below: 0 })
    expect(read(at('out.csv')).trim().split('\n')).toHaveLength(100)
    expect(read(at('out.csv'))).toContain('below 32,coast,0')
    expect(read(at('out.csv'))).not.toContain('island')
  })

  it('writes nothing that names people', async () => {
    const at = scratch()
    const args = ['--columns', 'age', '--out', at('out.csv')]
    const { code, err } = await nearside('anonymize', at('p.csv', 'age,mail\n3,a@b.org\n3,c@d.org'), ...args)
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining('column mail: it holds e-mail addresses') })
  })
})
