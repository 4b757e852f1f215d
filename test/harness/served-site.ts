// A site that signs its models and enters what it serves in a log, small enough for thousands of devices.
import { canonical } from '../../core/canonical.ts'
import { revised } from '../../core/config.ts'
import { base64url } from '../../core/encoding.ts'
import { append, type Log, type LogEntry } from '../../core/log.ts'
import { needsOf } from '../../core/needs.ts'
import { parseModel } from '../../core/parse-model.ts'
import { toyHash, toySignature } from '../simulation/toy-cipher.ts'

export const START = Date.UTC(2027, 2, 10, 12)
export const MODEL_URL = 'https://shop.example/nearside/model.json'
export const LOG_URL = 'https://shop.example/nearside/nearside-log.json'
export const KEY = `B${'k'.repeat(86)}`

const FEATURES = [
  { name: 'pages', kind: 'page_view', aggregate: 'count', window: 'session' },
  { name: 'time', kind: 'page_dwell', aggregate: 'sum', field: 'ms', window: 'session', per: 1000 },
  { name: 'adds', kind: 'add_to_cart', aggregate: 'count', window: 'session' },
  { name: 'since_add', kind: 'add_to_cart', aggregate: 'recency', window: 1, per: 60_000 },
  { name: 'orders', kind: 'purchase', aggregate: 'count', window: 'session' },
]

const segments = (letter: string, count: number) =>
  Array.from({ length: count }, (_, i) => ({ id: `${letter}${i}`, label: `${letter} ${i}`, description: 'A segment.' }))

const rules = (id: string, letter: string, feature: string, steps: readonly number[]) => ({
  kind: 'rules',
  id,
  label: id,
  uses: ['content'],
  segments: segments(letter, steps.length + 2),
  rules: [...steps].map((least, i) => ({ segment: `${letter}${i + 2}`, all: [{ feature, least }] })).reverse(),
  otherwise: `${letter}1`,
})

export type Document = { [name: string]: unknown }

export const model = (revision: number, more: Document = {}): Document => ({
  v: 1,
  name: 'shop',
  revision,
  issued: '2026-01-01',
  expires: '2032-01-01',
  features: FEATURES,
  segmentations: [
    rules('visit', 'v', 'pages', [2, 5]),
    rules('cart', 'c', 'adds', [1, 3]),
    rules('dwell', 'd', 'time', [30]),
    rules('idle', 'i', 'since_add', [30]),
  ],
  guarantee: { minimumSize: 50, dataset: 'none', digest: 'none', basis: 'made by hand' },
  ...more,
})

export const signed = async (document: Document, key: string = KEY): Promise<string> => {
  const { signature: _, ...rest } = document
  return JSON.stringify({ ...rest, signature: await toySignature(key, canonical(rest)) })
}

/** @param more fields of the config */
export const configFor = (document: Document, more: Document = {}): string =>
  JSON.stringify(
    revised({
      v: 1,
      site: 'shop',
      controller: { name: 'Shop', contact: 'privacy@shop.example' },
      model: MODEL_URL,
      needs: needsOf(parseModel(JSON.stringify(document)).features),
      ...more,
    }),
  )

type Logged = LogEntry['what']

const digestOf = async (text: string): Promise<string> => base64url(await toyHash(new TextEncoder().encode(text)))

export const EMPTY_LOG = async (): Promise<Log> => ({
  v: 1,
  site: 'shop',
  size: 0,
  root: base64url(await toyHash(new Uint8Array())),
  entries: [],
})

/** As `nearside publish` does it, which enters a config with its notice. */
export const entered = async (log: Log, what: Logged, name: string, text: string): Promise<Log> => {
  const more = await append(toyHash, log, { what, name, on: '2027-03-10', digest: await digestOf(text) })
  if (what !== 'config') return more
  const { notice } = JSON.parse(text)
  return entered(more, 'notice', notice, notice)
}
