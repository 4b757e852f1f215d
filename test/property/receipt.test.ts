import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AccessDocument } from '../../core/access.ts'
import { parseConfig, revised } from '../../core/config.ts'
import { CATEGORIES, grantsOf, type Pairs, PURPOSES } from '../../core/consent.ts'
import { MEANS } from '../../core/decision.ts'
import { DAY_MS, dateOf } from '../../core/epoch.ts'
import type { Entry, Event } from '../../core/ledger.ts'
import { type ConsentRecord, dpvReceipt, kantaraReceipt, recordOf } from '../../core/receipt.ts'
import { runs } from './arbitrary.ts'

const validatorOf = (name: string): ValidateFunction =>
  new Ajv2020({ strict: false }).compile(
    JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures', name), 'utf8')) as object,
  )
const isKantara = validatorOf('kantara-receipt.schema.json')
const isDpv = validatorOf('dpv-receipt.schema.json')

const name = fc.string({ minLength: 1, maxLength: 60 })
const RECIPIENTS = [
  { name: 'Acme Ads', purpose: 'advertising', privacy: 'https://ads.example/privacy' },
  { name: 'Beta Mail', purpose: 'activation' },
  { name: 'Gamma Ads', purpose: 'advertising' },
]
const anyConfig = fc
  .record({
    controller: fc.record(
      {
        name,
        contact: fc.constantFrom('privacy@shop.example', 'The Privacy Office'),
        privacy: fc.constantFrom('/privacy', './privacy', 'https://shop.example/privacy'),
        address: name,
        phone: fc.constant('+44 1632 960001'),
        jurisdiction: fc.constantFrom('GB', 'EU'),
      },
      { requiredKeys: ['name', 'contact'], noNullPrototype: true },
    ),
    retention: fc.record({ browsing: fc.integer({ min: 1, max: 400 }) }),
  })
  .map(given =>
    parseConfig(
      JSON.stringify(
        revised({
          v: 1,
          site: 'shop',
          model: '/model.json',
          categories: CATEGORIES,
          purposes: PURPOSES,
          recipients: RECIPIENTS,
          needs: [],
          reports: { url: 'https://counts.example' },
          ...given,
        }),
      ),
    ),
  )

const anyRecord: fc.Arbitrary<ConsentRecord> = fc.record({
  id: fc.stringMatching(/^[0-9a-f]{64}$/),
  day: fc.integer({ min: 1, max: 30_000 }).map(day => dateOf(day * DAY_MS)),
  means: fc.constantFrom(...MEANS),
  notice: fc.stringMatching(/^[0-9a-z]{6}$/),
  grants: fc.integer({ min: 1, max: 0xffff }).map(bits => grantsOf(bits as Pairs)),
  recipients: fc.subarray(RECIPIENTS.map(it => it.name)),
  locale: fc.constantFrom('en', 'de', 'pt-BR', 'ar'),
  expires: fc.integer({ min: 30_000, max: 30_400 }).map(day => dateOf(day * DAY_MS)),
})
const ORIGIN = 'https://shop.example'
const words = { personalization: 'Passend zu dir', browsing: 'Surfen' }

const checked = <T>(validate: ValidateFunction, receipt: T): T => {
  if (!validate(JSON.parse(JSON.stringify(receipt))))
    throw new Error(`${JSON.stringify(validate.errors)} ${JSON.stringify(receipt)}`)
  return receipt
}

describe('a receipt', () => {
  it('of any consent has every field that Kantara 1.1 demands, and says what was granted, to whom, and no more', () => {
    const property = fc.property(anyConfig, anyRecord, (config, record) => {
      const { services, consentTimestamp, policyUrl } = checked(
        isKantara,
        kantaraReceipt(config, record, ORIGIN, words),
      )
      const purposes = services[0]?.purposes ?? []
      expect(purposes.map(({ purpose }) => purpose)).toEqual(
        PURPOSES.filter(each => record.grants[each]).map(each =>
          each === 'personalization' ? 'Passend zu dir' : each,
        ),
      )
      expect(dateOf(consentTimestamp * 1000)).toBe(record.day)
      // Of whom only a region's rules or a signal spoke, nobody is told that they agreed.
      const said = record.means !== 'region' && record.means !== 'gpc'
      for (const it of purposes) expect(it.consentType).toBe(said ? 'EXPLICIT' : 'IMPLICIT')
      expect(policyUrl).toMatch(
        config.controller.privacy ? /^https:\/\/shop\.example\/privacy$/ : /^https:\/\/shop\.example$/,
      )
      const named = purposes.flatMap(({ thirdPartyName }) => thirdPartyName?.split(', ') ?? [])
      const due = RECIPIENTS.filter(
        it => record.grants[it.purpose as 'advertising'] && record.recipients.includes(it.name),
      )
      expect([...named].sort()).toEqual(due.map(it => it.name).sort())
    })
    fc.assert(property, runs(20_000, 200))
  })

  it('has every field that ISO/IEC TS 27560 demands, by the vocabulary’s names', () => {
    const property = fc.property(anyConfig, anyRecord, (config, record) => {
      const { 'dpv:hasRecordOfActivity': it } = checked(isDpv, dpvReceipt(config, record, ORIGIN, words))
      const processes = it['dpv:hasProcess']
      expect(processes.map(each => each['dpv:hasPersonalData'].map(data => data['dct:identifier']))).toEqual(
        PURPOSES.flatMap(each => (record.grants[each] ? [record.grants[each]] : [])),
      )
      expect(it['dpv:hasConsentStatus']).toMatchObject({ 'dct:date': record.day, 'dct:valid': record.expires })
      const said = record.means !== 'region' && record.means !== 'gpc'
      expect(it['dpv:hasConsentStatus']['dpv:hasLegalBasis']).toMatch(said ? 'Explicitly' : 'Implied')
      expect(it['dpv:hasNotice']).toMatchObject({ 'dct:identifier': record.notice, 'dct:language': record.locale })
    })
    fc.assert(property, runs(20_000, 200))
  })

  it('lacks a mandatory field: both checks say so', () => {
    const config = fc.sample(anyConfig, 1)[0] as ReturnType<typeof parseConfig>
    const record = fc.sample(anyRecord, 1)[0] as ConsentRecord
    for (const [validate, receipt] of [
      [isKantara, kantaraReceipt(config, record, ORIGIN)],
      [isDpv, dpvReceipt(config, record, ORIGIN)['dpv:hasRecordOfActivity']],
    ] as const) {
      const whole = validate === isDpv ? dpvReceipt(config, record, ORIGIN) : receipt
      for (const field of Object.keys(receipt)) {
        if (['@id', 'dpv:hasLegalBasis'].includes(field)) continue
        const spoilt = JSON.parse(JSON.stringify(whole))
        delete (validate === isDpv ? spoilt['dpv:hasRecordOfActivity'] : spoilt)[field]
        expect(validate(spoilt), field).toBe(false)
      }
    }
  })
})

const kept = (decision: AccessDocument['decision'], events: Event[], folded = 0): AccessDocument => {
  const entries = events.map(
    (event, i): Entry => ({ n: i + 1, at: (20_000 + i) * DAY_MS + 5, event, hash: `hash ${i}` }),
  )
  return {
    v: 1,
    site: 'shop',
    made: 0,
    decision,
    retention: {},
    signals: [],
    refused: {},
    features: [],
    segments: [],
    ...(folded ? { folded: { to: folded, hash: 'x', kept: entries.slice(0, folded), dropped: {} } } : {}),
    ledger: entries.slice(folded),
    tampered: null,
    waiting: [],
  }
}

describe('the record of a consent', () => {
  const grants = { personalization: ['browsing'] } as const
  const yes: Event = {
    type: 'decision',
    seq: 1,
    grants,
    means: 'banner',
    notice: 'abcdef',
    locale: 'de',
    recipients: ['Acme Ads'],
  }
  const holds = { seq: 3, grants, expires: '2026-07-01', notice: 'abcdef' }
  const other: Event = { type: 'deletion', why: 'age', what: 'browsing', count: 1 }

  it('is the latest decision, to the day, also where the ledger was folded; a pause and its end are none', () => {
    const paused: Event = { type: 'decision', seq: 2, grants, means: 'api', notice: 'abcdef', paused: true }
    const again: Event = { type: 'decision', seq: 3, grants, means: 'api', notice: 'abcdef' }
    for (const folded of [0, 2, 5]) {
      expect(recordOf(kept(holds, [other, yes, paused, again, other], folded))).toEqual({
        id: 'hash 1',
        day: dateOf(20_001 * DAY_MS),
        means: 'banner',
        notice: 'abcdef',
        grants,
        recipients: ['Acme Ads'],
        locale: 'de',
        expires: '2026-07-01',
      })
    }
    const wider: Event = { ...yes, seq: 4, means: 'centre', locale: 'fr' }
    expect(recordOf(kept(holds, [yes, paused, again, wider]))).toMatchObject({
      id: 'hash 3',
      means: 'centre',
      locale: 'fr',
    })
  })

  it('is not there where nothing is granted, or nothing is on the ledger', () => {
    expect(recordOf(kept(null, [yes]))).toBeUndefined()
    expect(recordOf(kept({ ...holds, grants: {} }, [yes]))).toBeUndefined()
    expect(recordOf(kept(holds, [other]))).toBeUndefined()
  })
})
