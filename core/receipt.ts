/**
 * What a visitor consented to, as a record, and as the visitor's own copy of it in two published forms: ISO/IEC TS 27560 in the terms
 * of the W3C's Data Privacy Vocabulary, and the Kantara Initiative's Consent Receipt 1.1. Pure: the same record gives the same bytes.
 */

import type { AccessDocument } from './access.ts'
import type { Config } from './config.ts'
import { CATEGORIES, type Category, categoriesIn, type Grants, PURPOSES, type Purpose } from './consent.ts'
import type { Means } from './decision.ts'
import { dateOf } from './epoch.ts'
import type { Entry } from './ledger.ts'
import { mayReceive, type Recipient } from './recipient.ts'

/** One consent: what was asked, what was answered, when and how. */
export interface ConsentRecord {
  /** The hash of its entry on the ledger: the visitor alone can show what it stands for. */
  readonly id: string
  /** The day it was given, `YYYY-MM-DD`. */
  readonly day: string
  readonly means: Means
  /** Revision of the notice that was answered. */
  readonly notice: string
  readonly grants: Grants
  /** Who may receive what is granted for their purpose, by name. */
  readonly recipients: readonly string[]
  /** The language (BCP 47) in which it was asked. */
  readonly locale: string
  /** The first day on which it no longer holds. */
  readonly expires: string
}

/** What a purpose or category is called in the visitor's language, by its id; the id itself where that is not known. */
export type ReceiptWords = { readonly [name: string]: string | undefined }

/**
 * The record of the consent that holds, out of everything that is kept. Undefined where nothing is granted: of a refusal only the
 * refusal is kept, and there is nothing to give a receipt for.
 */
export const recordOf = ({ decision, ledger, folded }: AccessDocument): ConsentRecord | undefined => {
  if (!decision || !categoriesIn(decision.grants).length) return undefined
  const found = lastConsent([...(folded?.kept ?? []), ...ledger])
  if (found?.event.type !== 'decision') return undefined
  const { means, notice, locale = 'en', recipients = [] } = found.event
  const { grants, expires } = decision
  return { id: found.hash, day: dateOf(found.at), means, notice, grants, recipients, locale, expires }
}

/** The latest decision that changed anything: a pause, and the end of one, do not. */
const lastConsent = (entries: readonly Entry[]): Entry | undefined => {
  let found: Entry | undefined
  let paused = false
  for (const entry of entries) {
    if (entry.event.type !== 'decision') continue
    const same =
      found?.event.type === 'decision' && JSON.stringify(found.event.grants) === JSON.stringify(entry.event.grants)
    if (!entry.event.paused && !(paused && same)) found = entry
    paused = entry.event.paused ?? false
  }
  return found
}

const grantedPurposes = ({ grants }: ConsentRecord): readonly Purpose[] =>
  PURPOSES.filter(purpose => grants[purpose]?.length)

const grantedCategories = ({ grants }: ConsentRecord, purpose: Purpose): readonly Category[] =>
  CATEGORIES.filter(category => grants[purpose]?.includes(category))

const recipientsFor = (config: Config, record: ConsentRecord, purpose: Purpose): readonly Recipient[] =>
  config.recipients.filter(it => it.purpose === purpose && mayReceive(record, it))

const absolute = (address: string, origin: string): string =>
  /^https?:/.test(address) ? address : `${origin}/${address.replace(/^(\.{0,2}\/)+/, '')}`

const UNSAID = 'not stated'
const HOW: { readonly [M in Means]: string } = {
  banner: 'consent banner on the site',
  centre: 'privacy centre of the site',
  api: 'a control of the site’s own',
  extension: 'the visitor’s browser extension',
  cmp: 'another consent tool on the site',
  region: 'the site’s rules for the visitor’s region',
  gpc: 'Global Privacy Control signal',
  lapse: 'by its date',
}

/** Did the visitor say it, here or to another? Where a region's rules or a signal decided, nobody is made to have agreed. */
const isSaid = ({ means }: ConsentRecord): boolean => means !== 'region' && means !== 'gpc'

const daysKept = (config: Config, category: Category): number => config.retention[category] ?? 0

const endOf = (config: Config, record: ConsentRecord, purpose: Purpose): string => {
  const kept = grantedCategories(record, purpose).map(category => `${category} ${daysKept(config, category)} days`)
  return `${record.expires}, or as soon as it is withdrawn; kept on the device: ${kept.join(', ')}`
}

/** Purpose categories as the specification's own example spells them, where it has one that fits. */
const KANTARA_CATEGORY: { readonly [P in Purpose]: string } = {
  personalization: '5 - Personalize Experience',
  measurement: 'Measurement',
  activation: 'Use in the site’s own tools',
  advertising: '6 - Marketing',
}

/**
 * Kantara Consent Receipt 1.1. Its time is the day's first second, as no finer one leaves the ledger.
 * @param origin of the site, `https://…` without a path
 */
export const kantaraReceipt = (config: Config, record: ConsentRecord, origin: string, words: ReceiptWords = {}) => {
  const { name, contact, privacy, address, phone, jurisdiction } = config.controller
  return {
    version: 'KI-CR-v1.1.0',
    jurisdiction: jurisdiction ?? UNSAID,
    consentTimestamp: Date.parse(record.day) / 1000,
    collectionMethod: HOW[record.means],
    consentReceiptID: record.id,
    language: record.locale,
    // Nobody knows who it is: whoever holds the receipt.
    piiPrincipalId: `holder of ${record.id}`,
    piiControllers: [
      {
        piiController: name,
        onBehalf: false,
        contact,
        address: address ? { streetAddress: address } : {},
        email: contact.includes('@') ? contact : UNSAID,
        phone: phone ?? UNSAID,
        piiControllerUrl: origin,
      },
    ],
    policyUrl: privacy ? absolute(privacy, origin) : origin,
    services: [
      {
        service: `${origin}, notice ${record.notice}`,
        purposes: grantedPurposes(record).map(purpose => {
          const recipients = recipientsFor(config, record, purpose).map(it => it.name)
          return {
            purpose: words[purpose] ?? purpose,
            purposeCategory: [KANTARA_CATEGORY[purpose]],
            consentType: isSaid(record) ? 'EXPLICIT' : 'IMPLICIT',
            piiCategory: grantedCategories(record, purpose).map(category => words[category] ?? category),
            primaryPurpose: purpose === 'personalization',
            termination: endOf(config, record, purpose),
            thirdPartyDisclosure: recipients.length > 0,
            ...(recipients.length ? { thirdPartyName: recipients.join(', ') } : {}),
          }
        }),
      },
    ],
    sensitive: false,
    spiCat: [],
  }
}

const DPV_PURPOSE: { readonly [P in Purpose]: string } = {
  personalization: 'dpv:Personalisation',
  measurement: 'dpv:ServiceUsageAnalytics',
  activation: 'dpv:Marketing',
  advertising: 'dpv:TargetedAdvertising',
}

const CONTEXT = {
  dpv: 'https://w3id.org/dpv#',
  'eu-gdpr': 'https://w3id.org/dpv/legal/eu/gdpr#',
  dct: 'http://purl.org/dc/terms/',
}
const SCHEMA = 'https://w3id.org/dpv/schema/dpv-27560#'

const dpvProcess = (config: Config, record: ConsentRecord, purpose: Purpose, words: ReceiptWords) => ({
  '@type': 'dpv:Process',
  'dpv:hasPurpose': { '@type': DPV_PURPOSE[purpose], 'dct:title': words[purpose] ?? purpose },
  'dpv:hasProcessing': ['dpv:Collect', 'dpv:Profiling'],
  'dpv:hasPersonalData': grantedCategories(record, purpose).map(category => ({
    '@type': 'dpv:PersonalData',
    'dct:identifier': category,
    'dct:title': words[category] ?? category,
    'dpv:hasNecessity': 'dpv:Optional',
    'dpv:hasDataSource': 'dpv:DataSubject',
  })),
  'dpv:hasStorageCondition': [
    {
      '@type': 'dpv:StorageLocation',
      'dpv:hasLocation': { '@type': 'dpv:Location', 'dct:title': 'the data subject’s own device' },
    },
    ...grantedCategories(record, purpose).map(category => ({
      '@type': 'dpv:StorageDuration',
      'dct:subject': category,
      'dpv:hasDuration': `P${daysKept(config, category)}D`,
    })),
  ],
  'dpv:hasRecipient': recipientsFor(config, record, purpose).map(({ name }) => ({
    '@type': 'dpv:ThirdParty',
    'dct:identifier': name,
    'dpv:hasName': name,
  })),
})

/**
 * ISO/IEC TS 27560 by way of the Data Privacy Vocabulary's profile for it, as JSON-LD: the receipt, with the whole record in it.
 * @param origin of the site, `https://…` without a path
 */
export const dpvReceipt = (config: Config, record: ConsentRecord, origin: string, words: ReceiptWords = {}) => {
  const { name, contact, privacy, address, jurisdiction } = config.controller
  const holder = `urn:nearside:holder:${record.id}`
  const controller = {
    '@id': origin,
    '@type': 'dpv:DataController',
    'dct:identifier': config.site,
    'dpv:hasName': name,
    'dpv:hasAddress': address ?? UNSAID,
    'dpv:hasContact': contact,
  }
  return {
    '@context': CONTEXT,
    '@id': `urn:nearside:receipt:${record.id}`,
    '@type': 'dpv:ConsentReceipt',
    'dct:identifier': `receipt-${record.id}`,
    'dct:conformsTo': `${SCHEMA}receipt`,
    'dpv:hasRecordOfActivity': {
      '@id': `urn:nearside:record:${record.id}`,
      '@type': 'dpv:ConsentRecord',
      'dct:identifier': record.id,
      'dct:conformsTo': `${SCHEMA}record`,
      'dpv:hasDataSubject': { '@id': holder, '@type': 'dpv:DataSubject', 'dct:identifier': holder },
      'dpv:hasDataController': controller,
      'dpv:hasJurisdiction': jurisdiction ?? UNSAID,
      'dpv:hasLegalBasis': isSaid(record) ? 'eu-gdpr:A6-1-a' : undefined,
      'dpv:hasNotice': {
        '@id': privacy ? absolute(privacy, origin) : origin,
        '@type': 'dpv:ConsentNotice',
        'dct:identifier': record.notice,
        'dct:language': record.locale,
      },
      'dpv:hasProcess': grantedPurposes(record).map(purpose => dpvProcess(config, record, purpose, words)),
      'dpv:hasConsentControl': {
        '@type': 'dpv:WithdrawConsent',
        '@id': origin,
        'dct:description': 'The site’s privacy centre, at any time; or the Nearside extension.',
      },
      'dpv:hasConsentStatus': {
        '@type': 'dpv:ConsentGiven',
        'dct:date': record.day,
        'dct:valid': record.expires,
        'dpv:isImplementedByEntity': holder,
        'dpv:hasLegalBasis': isSaid(record) ? 'dpv:ExplicitlyExpressedConsent' : 'dpv:ImpliedConsent',
        'dpv:hasIndicationMethod': HOW[record.means],
      },
    },
  }
}
