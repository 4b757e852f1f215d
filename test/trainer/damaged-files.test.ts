// Files with bytes cut out, put in and changed, wherever that may be: an answer or one clear refusal, and never a crash.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { seeded } from '../../trainer/random.ts'
import { count, seed } from '../harness/size.ts'
import { day, people } from './drafted.ts'
import { nearside, scratch, smallRecipe } from './io.ts'

const csv = ['customer_id,created_at,total,note', ...people.map(i => `c${i % 80},${day(i)} 10:11,${i}.50,"x, y"`)].join(
  '\n',
)
const lines = people
  .map(i => ({
    event: 'Product Viewed',
    anonymousId: `a${i % 20}`,
    timestamp: `${day(i)}T09:00:00.000Z`,
    of: { price: i },
  }))
  .map(each => JSON.stringify(each))
  .join('\n')

const WHOLE: readonly (readonly [string, Buffer])[] = [
  ['CSV', Buffer.from(csv)],
  ['JSON lines', Buffer.from(lines)],
  ['Parquet', readFileSync(join(import.meta.dirname, '../fixtures/ga4.parquet'))],
]
/** What has broken readers before. */
const BITS = [
  '"',
  '\n',
  '\r',
  '\0',
  '{',
  ']',
  '=',
  'NaN',
  '1e999',
  '\u202e',
  '\ufeff',
  '9'.repeat(400),
  "'",
  '\\',
  '__proto__',
]

const damaged = (whole: Buffer, random: () => number): Buffer => {
  const pick = (below: number): number => Math.floor(random() * below)
  let data = Buffer.from(whole)
  for (let wounds = 1 + pick(4); wounds > 0; wounds--) {
    const [at, bit] = [pick(data.length), Buffer.from(BITS[pick(BITS.length)] as string)]
    const [cut, put] = [
      [0, bit],
      [pick(40), Buffer.alloc(0)],
      [1, Buffer.of(pick(256))],
      [bit.length, bit],
    ][pick(4)] as [number, Buffer]
    data = Buffer.concat([data.subarray(0, at), put, data.subarray(at + cut)])
  }
  return data
}

describe('a damaged file', () => {
  it.each(WHOLE)('of %s is drafted from and trained on, or refused', async (_, whole) => {
    const random = seeded(seed, whole.length)
    const at = scratch()
    const file = at('data')
    for (let n = count(2000, 40); n > 0; n--) {
      writeFileSync(file, damaged(whole, random))
      const drafted = await nearside('recipe', file, '--out', at(`${n}.json`), '--yes', '--offline')
      expect([0, 1]).toContain(drafted.code)
      const recipe = drafted.code === 0 ? at(`${n}.json`) : at('small.json', smallRecipe())
      const { code, err } = await nearside('train', file, '--recipe', recipe, '--out', at('m.json'))
      expect([0, 1]).toContain(code)
      expect(err.split('\n')).toHaveLength(1)
    }
  })
})
