import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseModel } from '../../core/parse-model.ts'
import { nearside, scratch, smallRecipe } from './io.ts'

const feature = (name: string, kind: string, more: object = {}) => ({
  name,
  kind,
  aggregate: 'count',
  window: 30,
  ...more,
})
const asOf = '2026-02-01T00:00:00Z'
const time = { columns: ['at'], format: 'YYYY-MM-DD', zone: 'UTC' }

const signals = [
  { key: 'who', asOf, time, kind: 'purchase', fields: { value: { column: 'total', times: 100 } } },
  {
    key: 'user',
    asOf,
    time: { columns: ['ts'], format: 'ms', zone: 'UTC' },
    kind: { column: 'event', words: { view: 'view_item' } },
    fields: { value: { column: 'props.price', times: 100, optional: true } },
  },
  {
    key: 'who',
    asOf,
    time: { is: '2026-01-15T00:00:00Z' },
    kind: 'answer',
    fields: { question: { is: 'style' }, answer: { column: 'style' } },
  },
]
const features = [
  feature('orders', 'purchase'),
  feature('views', 'view_item'),
  feature('classic', 'answer', { where: { answer: ['classic'] } }),
]

const recipe = (change: object = {}) =>
  smallRecipe({ signals, features, vector: undefined, ...change }, { features: features.map(({ name }) => name) })

const people = Array.from({ length: 60 }, (_, i) => `p${i}`)
const orders = ['who,at,total', ...people.flatMap((who, i) => Array(i % 3).fill(`${who},2026-01-1${i % 7},9.99`))].join(
  '\n',
)
const day = (n: number): number => Date.UTC(2026, 0, n)
const events = people
  .flatMap((user, i) =>
    Array.from({ length: i % 5 }, (_, n) => ({ user, ts: day(3 + n), event: 'view', props: n ? { price: 5 } : {} })),
  )
  .map(each => JSON.stringify(each))
  .join('\n')
const answers = ['who,style', ...people.map((who, i) => `${who},${i % 2 ? 'classic' : 'modern'}`)].join('\n')

describe('several files, joined by a key', () => {
  it('tell together what each person did: orders, events and answers', async () => {
    const at = scratch()
    const files = [at('orders.csv', orders), at('events.jsonl', events), at('answers.csv', answers)]
    const args = ['--recipe', at('recipe.json', recipe()), '--out', at('m.json'), '--json']
    const { code, out, err } = await nearside('train', ...files, ...args)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const { lines, rows, needs } = JSON.parse(out)
    expect(lines).toEqual({ read: 60 + 120 + 60, signals: 240, fates: [{ fate: 'used', lines: 240 }] })
    expect(rows.read).toBe(60)
    const left = [
      signals[0],
      { ...signals[1], leave: [{ column: 'user', words: ['p4'], reason: 'our own' }] },
      signals[2],
    ]
    const again = ['--recipe', at('left.json', recipe({ signals: left })), '--out', at('n.json')]
    const told = await nearside('train', ...files, ...again)
    expect(told).toMatchObject({ code: 0, err: '' })
    expect(told.out).toMatch(/noted: 4 our own \(\S+events\.jsonl\)/)
    expect(needs.map(({ kind }: { kind: string }) => kind)).toEqual(['answer', 'purchase', 'view_item'])
    expect(parseModel(readFileSync(at('m.json'), 'utf8')).features).toHaveLength(3)
  })

  it('want a file for each source of the recipe', async () => {
    const at = scratch()
    const args = ['--recipe', at('recipe.json', recipe()), '--out', at('m.json')]
    const { code, err } = await nearside('train', at('orders.csv', orders), ...args)
    expect({ code, err }).toEqual({
      code: 2,
      err: 'nearside: 1 data files. The recipe takes signals from 3: give them in its order.',
    })
  })

  it('are looked at as of one instant', async () => {
    const at = scratch()
    const other = recipe({ signals: [signals[0], { ...signals[2], asOf: 'last' }] })
    const { err } = await nearside('train', 'a.csv', '--recipe', at('recipe.json', other), '--out', at('m.json'))
    expect(err).toContain('signals[1].asOf: another instant than the first')
  })

  const traits = ['who,cart', ...people.map((who, i) => `${who},${i % 3 ? 9 : 1}`)].join('\n')
  const figures = ['who,shelf', ...people.slice(5).map((who, i) => `${who},${i % 3 ? 20 + (i % 4) : 3}`)].join('\n')

  it('may also be tables of a row each, put side by side', async () => {
    const at = scratch()
    const files = [at('traits.csv', traits), at('figures.csv', figures)]
    const args = ['--recipe', at('recipe.json', smallRecipe({ key: 'who' })), '--out', at('m.json'), '--json']
    const { out, err } = await nearside('train', ...files, ...args)
    expect(err).toBe('')
    expect(JSON.parse(out).rows).toMatchObject({ read: 60, left: [{ reason: 'missing', column: 'shelf', rows: 5 }] })
  })

  it('are told to be apart where no key of one is in another', async () => {
    const at = scratch()
    const strangers = events.replace(/"p(\d)/g, '"q$1')
    const files = [at('orders.csv', orders), at('events.jsonl', strangers), at('answers.csv', answers)]
    const args = ['--recipe', at('recipe.json', recipe()), '--out', at('m.json'), '--strict']
    const { err } = await nearside('train', ...files, ...args)
    expect(err).toMatch(/120 no user of \S+events\.jsonl is in another file/)
    const tables = [at('traits.csv', traits), at('figures.csv', figures.replaceAll('p', 'q'))]
    const sides = ['--recipe', at('side.json', smallRecipe({ key: 'who' })), '--out', at('m.json')]
    expect((await nearside('train', ...tables, ...sides)).err).toContain('no who stands in more than one')
  })

  it('are refused where a key stands twice, or a column in both', async () => {
    const at = scratch()
    const args = ['--recipe', at('recipe.json', smallRecipe({ key: 'who' })), '--out', at('m.json')]
    const run = (figures: string) => nearside('train', at('traits.csv', traits), at('figures.csv', figures), ...args)
    expect((await run(`${figures}\np9,1`)).err).toContain('figures.csv, data row 56: a second row of one who')
    expect((await run('who,shelf,cart\np1,2,3')).err).toContain('figures.csv, column cart: in ')
  })
})
