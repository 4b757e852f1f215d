// Runs `core` on the golden vectors: the same code in Node, in Chromium and in Firefox. Nothing here may differ between them.
import { assign } from '../../core/assign.ts'
import { type Grants, grantsOf, type Pairs, pairsOf } from '../../core/consent.ts'
import { exp, log, log1p } from '../../core/elementary.ts'
import type { Epoch } from '../../core/epoch.ts'
import { type FeatureSpec, type FeatureVector, foldAfresh, rawVector, transformVector } from '../../core/feature.ts'
import { append, type Entry, type Event, verify } from '../../core/ledger.ts'
import { parseModel } from '../../core/parse-model.ts'
import { derivePseudonym } from '../../core/pseudonym.ts'
import { parseReport, printReport, type Report } from '../../core/report.ts'
import type { Signal } from '../../core/signal.ts'
import { hexOf, numberOf } from './bits.ts'

/** Function, input, the double nearest to the truth, and what `core` gives; bit patterns in hex. */
export type ElementaryRow = readonly [name: 'log' | 'log1p' | 'exp', x: string, nearest: string, bits: string]

interface Assigned {
  readonly model: object
  readonly cases: readonly {
    readonly says: string
    readonly raw: FeatureVector
    readonly granted?: false
    readonly is: object
  }[]
}

export interface Vectors {
  readonly elementary: readonly ElementaryRow[]
  readonly features: readonly {
    readonly says: string
    readonly features: readonly FeatureSpec[]
    readonly signals: readonly Signal[]
    readonly now: number
    readonly raw: FeatureVector
    /** Absent where no feature has a divisor or a transform. */
    readonly vector?: FeatureVector
  }[]
  readonly assignments: Assigned
  /** By trees and by weights. */
  readonly propensities: Assigned
  readonly pseudonyms: readonly { key: string; site: string; segmentation: string; epoch: number; pseudonym: string }[]
  readonly reports: readonly { readonly report: Report; readonly text: string }[]
  readonly ledger: {
    readonly commits: readonly { readonly at: number; readonly events: readonly Event[] }[]
    readonly hashes: readonly string[]
  }
  readonly pairs: readonly { readonly pairs: number; readonly grants: Grants }[]
}

const utf8 = new TextEncoder()
const FUNCTIONS = { log, log1p, exp }

const digest = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', utf8.encode(text)))

const macWith = async (key: string): Promise<(text: string) => Promise<Uint8Array>> => {
  const raw = Uint8Array.from(key.match(/../g) ?? [], byte => Number.parseInt(byte, 16))
  const made = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return async text => new Uint8Array(await crypto.subtle.sign('HMAC', made, utf8.encode(text)))
}

/** As text in which the order of fields says nothing. */
const printed = (it: unknown): string =>
  JSON.stringify(it, (_, value) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )

/** What differs from the vectors, a line each. */
export const differencesFrom = async (vectors: Vectors): Promise<string[]> => {
  const found: string[] = []
  const same = (what: string, is: unknown, should: unknown): void => {
    const [a, b] = [printed(is), printed(should)]
    if (a !== b) found.push(`${what}: ${a}, not ${b}`)
  }
  for (const [name, x, , bits] of vectors.elementary) same(`${name} of ${x}`, hexOf(FUNCTIONS[name](numberOf(x))), bits)
  for (const { says, features, signals, now, raw, vector = raw } of vectors.features) {
    const made = rawVector(features, foldAfresh(features, signals), now)
    same(says, made, raw)
    same(`${says}, transformed`, transformVector(features, made), vector)
  }
  for (const assigned of [vectors.assignments, vectors.propensities]) {
    const model = parseModel(JSON.stringify(assigned.model))
    for (const { says, raw, granted, is } of assigned.cases) {
      same(
        says,
        model.segmentations.map(it => assign(model, it, raw, granted)),
        is,
      )
    }
  }
  for (const { key, site, segmentation, epoch, pseudonym } of vectors.pseudonyms) {
    same('pseudonym', await derivePseudonym({ mac: await macWith(key) }, site, segmentation, epoch as Epoch), pseudonym)
  }
  for (const { report, text } of vectors.reports) {
    same('report', printReport(report), text)
    same('report read back', parseReport(text), report)
  }
  const entries: Entry[] = []
  for (const { at, events } of vectors.ledger.commits)
    entries.push(...(await append({ digest }, entries.at(-1), at, events)))
  same(
    'ledger',
    entries.map(({ hash }) => hash),
    vectors.ledger.hashes,
  )
  same('ledger verified', await verify({ digest }, entries), undefined)
  for (const { pairs, grants } of vectors.pairs) {
    same('pairs', pairsOf(grants), pairs)
    same('grants', grantsOf(pairs as Pairs), grants)
  }
  return found
}
