import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseConfig, revised } from '../../core/config.ts'
import { ParseError } from '../../core/parse.ts'
import { mayReceive, type Recipient } from '../../core/recipient.ts'
import { runs } from './arbitrary.ts'

const bearing = fc.record({
  needs: fc.subarray([
    { kind: 'page_view', fields: ['page'], words: { page: ['cart', 'home'] }, features: ['pages'] },
    { kind: 'page_dwell', fields: ['ms', 'page'], words: { page: ['home'] }, features: ['a', 'b'] },
    { kind: 'add_to_cart', fields: [], features: ['adds'] },
  ]),
  recipients: fc.uniqueArray(
    fc.record({
      name: fc.string({ minLength: 1, maxLength: 80 }),
      purpose: fc.constantFrom('personalization', 'advertising'),
    }),
    { selector: ({ name }) => name, maxLength: 4 },
  ),
  browsing: fc.integer({ min: 1, max: 400 }),
  reported: fc.option(fc.integer({ min: 7, max: 400 })),
  measured: fc.boolean(),
})
type Bearing = typeof bearing extends fc.Arbitrary<infer T> ? T : never

const configOf = ({ needs, recipients, browsing, reported, measured }: Bearing) => {
  const advertising = recipients.some(({ purpose }) => purpose === 'advertising')
  return {
    v: 1,
    site: 'shop',
    controller: { name: 'A shop', contact: 'privacy@shop.example' },
    notice: 'x',
    model: '/model.json',
    categories: ['browsing', 'shopping'],
    purposes: [
      'personalization',
      ...(reported && measured ? ['measurement'] : []),
      ...(advertising ? ['advertising'] : []),
    ],
    recipients,
    retention: { browsing },
    needs,
    ...(reported ? { reports: { url: 'https://counts.example', retention: reported } } : {}),
  }
}
type Written = ReturnType<typeof configOf>

const revisionOf = (config: object): string => revised(config).notice

/** The same, said in another order, with defaults left out or written, and all else different. */
const saidOtherwise = (it: Written) => ({
  ...Object.fromEntries(Object.entries(it).reverse()),
  site: 'other',
  controller: { name: 'Other', contact: 'b', privacy: '/privacy' },
  model: './m.json',
  askAgainAfter: 30,
  pages: [{ path: '/', kind: 'home' }],
  expose: 'none',
  sources: ['clicks'],
  categories: [...it.categories].reverse(),
  purposes: [...it.purposes].reverse(),
  recipients: [...it.recipients].reverse().map(each => ({ privacy: 'https://r.example/', ...each })),
  retention: { answers: 9, shopping: 30, ...it.retention },
  needs: [...it.needs].reverse().map(need => ({
    ...need,
    fields: [...need.fields].reverse(),
    features: [...need.features].reverse(),
    ...(need.words ? { words: { page: [...(need.words.page ?? [])].reverse() } } : {}),
  })),
  ...('reports' in it ? { reports: { ...(it.reports as object), url: '/counts', stable: 1, maxDelay: 2 } } : {}),
})

describe('the revision of a notice', () => {
  it('is the same however the same is said, and whatever else changes', () => {
    const property = fc.property(bearing, given => {
      const config = configOf(given)
      expect(revisionOf(config)).toMatch(/^[0-9a-z]{6}$/)
      expect(revisionOf(saidOtherwise(config))).toBe(revisionOf(config))
    })
    fc.assert(property, runs(20_000, 300))
  })

  it('is another as soon as needs, purposes, recipients or retention are', () => {
    const property = fc.property(bearing, bearing, (a, b) => {
      const what = ({
        needs,
        purposes,
        recipients,
        retention,
        reports,
      }: Written & { reports?: { retention: number } }) => [
        needs,
        purposes,
        recipients.map(({ name, purpose }) => `${purpose} ${name}`).sort(),
        retention,
        reports?.retention,
      ]
      const [one, other] = [configOf(a), configOf(b)]
      expect(revisionOf(one) === revisionOf(other)).toBe(JSON.stringify(what(one)) === JSON.stringify(what(other)))
    })
    fc.assert(property, runs(20_000, 300))
  })

  it('cannot be forgotten: a config with another one is refused, and told the right one', () => {
    const property = fc.property(bearing, given => {
      const config = configOf(given)
      const due = revisionOf(config)
      expect(() => parseConfig(JSON.stringify(config))).toThrow(new RegExp(`notice: found x, .* is ${due}\\.`))
      expect(() => parseConfig(JSON.stringify(config))).toThrow(ParseError)
      expect(parseConfig(JSON.stringify({ ...config, notice: due })).notice).toBe(due)
    })
    fc.assert(property, runs(5000, 100))
  })
})

describe('a recipient', () => {
  it('has what is granted for its purpose only where both stand in the decision, whatever stands in the key', () => {
    const acme: Recipient = { name: 'Acme', purpose: 'advertising' }
    const grants = { advertising: ['browsing'] } as const
    expect(mayReceive({ grants, recipients: ['Beta', 'Acme'] }, acme)).toBe(true)
    expect(mayReceive({ grants, recipients: ['Acme Ads'] }, acme)).toBe(false)
    expect(mayReceive({ grants: { personalization: ['browsing'] }, recipients: ['Acme'] }, acme)).toBe(false)
    expect(mayReceive({ grants: { advertising: [] }, recipients: ['Acme'] }, acme)).toBe(false)
    for (const recipients of [undefined, 'Acme', { 0: 'Acme' }, 7, null])
      expect(mayReceive({ grants, recipients: recipients as never }, acme)).toBe(false)
  })
})
