import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AccessDocument } from '../../../core/access.ts'
import { ParseError } from '../../../core/parse.ts'
import type { SegmentId } from '../../../core/segmentation.ts'
import { count, record, seed } from '../../harness/size.ts'
import { type Case, cases, type Json, schemaOf } from './documents.ts'
import { type Mutation, mutationsOf } from './mutations.ts'
import { brokenRules, rules } from './schema-rules.ts'

const ajv = new Ajv2020({
  strict: true,
  strictTypes: false,
  strictRequired: false,
  allErrors: false,
  multipleOfPrecision: 9,
})
for (const name of ['config', 'model', 'report', 'private-report', 'ticket', 'entry', 'access'])
  ajv.addSchema(schemaOf(name))
const validatorOf = (name: string): ValidateFunction => ajv.getSchema(`urn:nearside:schema:${name}`) as ValidateFunction

type Verdict = { parsed: true; value: unknown } | { parsed: false; fault: ParseError }

const parsed = ({ parse }: Case, text: string): Verdict => {
  try {
    return { parsed: true, value: parse(text) }
  } catch (error) {
    if (!(error instanceof ParseError)) throw new Error(`not a ParseError, for ${text.slice(0, 300)}`, { cause: error })
    return { parsed: false, fault: error }
  }
}

/** Is everything that was given still there? Defaults may have come in beside it. */
const keeps = (given: Json, made: unknown): boolean => {
  if (given === null || typeof given !== 'object') return Object.is(given, made)
  if (made === null || typeof made !== 'object') return false
  if (Array.isArray(given) && given.length !== (made as unknown[]).length) return false
  return Object.keys(given).every(
    name =>
      Object.hasOwn(made, name) &&
      keeps((given as { [name: string]: Json })[name] as Json, (made as { [name: string]: unknown })[name]),
  )
}

/** What parser and schema say of one document has to be the same, but for the rules that a schema cannot say. */
const compare = (it: Case, document: Json, what: string, met: Set<string>): void => {
  const text = JSON.stringify(it.settle?.(document) ?? document)
  const given = JSON.parse(text) as Json
  const accepted = validatorOf(it.schema)(given)
  const verdict = parsed(it, text)
  const broken = accepted ? brokenRules(it.schema, given) : []
  for (const rule of broken) met.add(rule)
  if (verdict.parsed !== (accepted && broken.length === 0)) {
    const parser = verdict.parsed ? 'takes it' : `says ${verdict.fault.message}`
    throw new Error(
      `${it.schema}, ${what}: the parser ${parser}; the schema ${accepted ? 'takes it' : 'does not'}; broken: ${broken}`,
    )
  }
  if (verdict.parsed && !keeps(given, verdict.value)) throw new Error(`${it.schema}, ${what}: something was lost`)
}

const met = new Set<string>()
let compared = 0

/** A place that an earlier change took away cannot be changed again. */
const attempt = (mutation: Mutation, document: Json): Json => {
  try {
    return mutation.make(document)
  } catch {
    return document
  }
}

/** Of tens of thousands of changes so many are tried each time: among them every rule that a schema cannot say. */
const EVERY = 3

describe.each(cases.map((each, i) => [`${each.schema} (${i})`, each] as const))(
  'schema and parser of %s',
  (_, tried) => {
    const single = mutationsOf(tried.valid)

    it('agree that the document they are tried on is a good one', () => {
      expect(validatorOf(tried.schema)(tried.valid)).toBe(true)
      expect(keeps(tried.valid, tried.parse(JSON.stringify(tried.valid)))).toBe(true)
    })

    it('agree on every document with one thing changed', () => {
      const some = single.filter((_, i) => i % count(1, EVERY) === 0)
      for (const mutation of some) compare(tried, mutation.make(tried.valid), mutation.what, met)
      compared += some.length
    })

    it('agree on documents with two or three things changed', () => {
      const some = fc.array(fc.constantFrom(...single), { minLength: 2, maxLength: 3 })
      const numRuns = count(200_000, 1500)
      const property = fc.property(some, mutations => {
        const document = mutations.reduce<Json>((before, mutation) => attempt(mutation, before), tried.valid)
        compare(tried, document, mutations.map(({ what }) => what).join(' and '), met)
      })
      fc.assert(property, { seed, numRuns })
      compared += numRuns
    })
  },
)

describe('the schemas', () => {
  it('every rule that a schema cannot say stands in its description, and was met', () => {
    for (const [schema, names] of Object.entries(rules)) {
      for (const name of Object.keys(names)) expect(schemaOf(schema).description).toContain(name)
    }
    expect([...met].sort()).toEqual([...new Set(Object.values(rules).flatMap(names => Object.keys(names)))].sort())
    record('documents on which schema and parser were compared', compared)
  })

  it('an access document holds what its schema says', () => {
    const document: AccessDocument = {
      v: 1,
      site: 'shop',
      made: 1_767_225_600_000,
      decision: { seq: 1, grants: { personalization: ['browsing'] }, expires: '2026-07-01', notice: '1' },
      retention: { browsing: 30 },
      signals: [{ kind: 'page_dwell', at: 1_767_225_600_000, page: 'product', ms: 1200 }],
      refused: { 'looks-personal': 3, 'sensitive-page': 1 },
      features: [
        { name: 'views', value: 1 },
        { name: 'since', value: null, ms: 60_000 },
        { name: 'part', value: 0.5, share: true },
      ],
      segments: [
        {
          segmentation: 'visit',
          segment: 'v2' as SegmentId,
          question: 'How is the shop used?',
          label: 'Exploring',
          description: 'Looks at many things.',
          distance: 1.5,
          contributions: [],
          change: { feature: 'views', from: 1, to: 3, segment: 'v1' as SegmentId },
          among: [
            { segment: 'v0' as SegmentId, label: 'Not known yet', description: 'Too little to go by.' },
            { segment: 'v2' as SegmentId, label: 'Exploring', description: 'Looks at many things.', place: [0.5, -1] },
          ],
          place: [0.25, 0],
        },
      ],
      folded: { to: 3, hash: 'ab'.repeat(32), kept: [], dropped: { segment: 3 } },
      ledger: [],
      tampered: null,
      model: { id: 'shop.3', signed: true, log: { size: 1, root: 'A'.repeat(43) }, refused: 'older' },
      waiting: [],
    }
    const validate = validatorOf('access')
    expect(validate(document), ajv.errorsText(validate.errors)).toBe(true)
    expect(validate({ ...document, decision: null })).toBe(true)
    expect(validate({ ...document, url: 'https://shop.example' })).toBe(false)
    expect(validate({ ...document, refused: { 'ada@example.org': 1 } })).toBe(false)
    expect(validate({ ...document, signals: [{ kind: 'page_view', at: 1, title: 'Shoes' }] })).toBe(false)
  })
})
