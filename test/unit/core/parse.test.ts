import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseFeature } from '../../../core/feature-spec.ts'
import { parseNeeds } from '../../../core/needs.ts'
import { ParseError } from '../../../core/parse.ts'
import { parseSignal } from '../../../core/signal.ts'
import { count, seed } from '../../harness/size.ts'
import { type Case, cases, type Json } from './documents.ts'
import { mutationsOf, type Path } from './mutations.ts'

interface Fault {
  readonly schema: string
  readonly path: string
  /** What stands there instead; absent: nothing. */
  readonly made?: Json
  /** The whole message; one that ends in … is as far as it matters: lists of fields grow. */
  readonly message: string
}
const faults: Fault[] = JSON.parse(readFileSync(join(import.meta.dirname, 'faults.json'), 'utf8'))

const caseOf = (schema: string): Case => cases.find(each => each.schema === schema) as Case

const faultIn = (parse: () => unknown): ParseError => {
  try {
    parse()
  } catch (error) {
    if (error instanceof ParseError) return error
    throw error
  }
  return expect.unreachable('nothing was wrong')
}

const placeOf = (root: string, path: Path): string =>
  root + path.map(key => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('')

/** The good document with the value at `path` (`a.0.b`) made something else; without one it is taken away. */
const spoilt = (schema: string, path: string, value?: Json): string => {
  const document = structuredClone(caseOf(schema).valid)
  const keys = path.split('.')
  const last = keys.pop() as string
  const owner = keys.reduce<Json>((it, key) => (it as { [name: string]: Json })[key] as Json, document) as {
    [name: string]: Json
  }
  if (value === undefined) delete owner[last]
  else owner[last] = value
  return JSON.stringify(document)
}

describe('a fault names the place and the mend', () => {
  it.each(faults)('$schema: $path made $made', ({ schema, path, made, message }) => {
    const told = faultIn(() => caseOf(schema).parse(spoilt(schema, path, made))).message
    expect(message.endsWith('…') ? `${told.slice(0, message.length - 1)}…` : told).toBe(message)
  })

  it.each([
    [null, 'signal.kind: nothing is there'],
    ['page_view', 'signal.kind: nothing is there'],
    [{ kind: 'hover', at: 1 }, 'signal.kind: found hover'],
    [{ kind: 'page_view' }, 'signal.at: nothing is there'],
    [{ kind: 'page_view', at: 1, title: 'Shoes' }, 'signal.title: no such field. Known here: kind, at, id, page'],
    [{ kind: 'page_view', at: 1, page: '/shoes' }, 'signal.page: found /shoes'],
    [{ kind: 'page_dwell', at: 1, ms: 86_400_001 }, 'signal.ms: found 86400001'],
    [{ kind: 'purchase', at: 1, value: 9.99 }, 'signal.value: found 9.99'],
    [{ kind: 'purchase', at: 1, constructor: 1 }, 'signal.constructor: no such field'],
    [JSON.parse('{"kind":"answer","at":1,"__proto__":{"answer":"x"}}'), 'signal.__proto__: no such field'],
  ])('a signal %j', (input, message) => {
    expect(faultIn(() => parseSignal(input, 'signal')).message).toContain(message)
  })

  it('of two needs for one kind neither is passed over', () => {
    const need = { kind: 'search', fields: [], features: ['a'] }
    expect(faultIn(() => parseNeeds([need, need], 'needs')).message).toBe(
      'needs: search stands twice. Give each its own.',
    )
  })

  it('text that is no JSON at all is named as that', () => {
    for (const text of [
      '',
      '{',
      '{"v":1,}',
      'undefined',
      '\u0000'.repeat(10_000),
      '['.repeat(100_000),
      '{"a":'.repeat(100_000),
    ]) {
      for (const { parse, place } of cases.filter(({ schema }) => schema !== 'entry')) {
        const fault = faultIn(() => parse(text))
        expect(fault.place).toBe(place)
        expect(fault.problem).toMatch(/^not valid JSON/)
        expect(fault.message.length).toBeLessThan(250)
      }
    }
  })
})

// A fault between two places is told at one of them, which need not be the one that was changed.
const TOLD_ELSEWHERE = [
  /^nearside\.json\.(categories|purposes|needs|notice|recipients|recipients\[\d\]\.purpose)$/,
  /^nearside\.json\.needs\[\d\]\.(fields|words)/,
  /^model\.features\[\d+\]\.(field|from|to|over|where|window)/,
  /^model\.(features|segmentations|segmentations\[\d\]\.segments)$/,
  /^model\.segmentations\[\d\]\.(features|scaler|centroids|map|rules|otherwise|segments|typical|predictor|bands|disclosure)/,
  /^model\.segmentations\[\d\] \(a feature it names\)$/,
  /^entry\.event\./,
]

describe.each(cases.map((each, i) => [`${each.schema} (${i})`, each] as const))(
  'any one change to %s',
  (_, { valid, parse, place }) => {
    it('that is refused is refused where it was made, in few words, with a mend', () => {
      const all = mutationsOf(valid)
      for (const { path, make } of all.filter((_, i) => (i + seed) % count(1, 3) === 0)) {
        let fault: ParseError
        try {
          parse(JSON.stringify(make(valid)))
          continue
        } catch (error) {
          expect(error).toBeInstanceOf(ParseError)
          fault = error as ParseError
        }
        const made = placeOf(place, path)
        const near = fault.place.startsWith(made) || made.startsWith(fault.place.replace(/ \(.*/, ''))
        if (!near && !TOLD_ELSEWHERE.some(pattern => pattern.test(fault.place)))
          expect(fault.message).toBe(`told at ${made}`)
        expect(fault.mend).toMatch(/^[A-Z].{5,}[^.]$/s)
        expect(fault.message.length).toBeLessThan(400)
      }
    })
  },
)

describe('nothing strange gets through', () => {
  it('a name that every object answers to is neither a field nor inherited from', () => {
    for (const { schema, valid, parse } of cases.slice(0, 5)) {
      const poisoned = JSON.stringify(valid).replace(/^\{/, '{"__proto__":{"site":"evil","polluted":true},')
      expect(faultIn(() => parse(poisoned)).place, schema).toContain('.__proto__')
    }
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
    const inherited = Object.create({ name: 'a', kind: 'search', aggregate: 'count', window: 1 })
    expect(
      parseFeature({ ...inherited, name: 'a', kind: 'search', aggregate: 'count', window: 1 }, 'f'),
    ).not.toHaveProperty('from')
  })

  it('a word like `constructor` is a word', () => {
    const where = { category: ['constructor', 'valueof'] }
    expect(parseFeature({ name: 'a', kind: 'view_item', where, aggregate: 'count', window: 1 }, 'f').where).toEqual(
      where,
    )
  })
})
