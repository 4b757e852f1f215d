// A good config with as much in it as there can be, and what keeps it good while it is changed.
import { revised } from '../../../core/config.ts'
import type { Json } from './documents.ts'

export const config = revised({
  v: 1,
  site: 'shop',
  controller: {
    name: 'A shop',
    contact: 'privacy@shop.example',
    privacy: 'https://shop.example/privacy',
    address: '1 High Street, Anytown',
    phone: '+44 1632 960001',
    jurisdiction: 'GB',
  },
  model: '/nearside/model.json',
  modelKey: `B${'Ab9_'.repeat(21)}-0`,
  log: './nearside-log.json',
  rollout: { model: '/nearside/next.json', share: 0.25 },
  categories: ['browsing', 'shopping', 'answers'],
  purposes: ['personalization', 'measurement', 'activation', 'advertising'],
  retention: { browsing: 30, answers: 90 },
  askAgainAfter: 180,
  pages: [
    { path: '/', kind: 'home' },
    { path: '/products/*', kind: 'product' },
    { path: '/advice/*', kind: 'sensitive' },
  ],
  needs: [
    { kind: 'page_dwell', fields: ['ms', 'page'], words: { page: ['product', 'help'] }, features: ['product_time'] },
    { kind: 'add_to_cart', fields: ['category', 'value'], words: { category: ['shoes'] }, features: ['cart', 'spent'] },
    {
      kind: 'answer',
      fields: ['answer', 'question'],
      words: { answer: ['other', 'soon'], question: ['why'] },
      features: ['wants'],
    },
    { kind: 'scroll_depth', fields: ['percent'], features: ['depth'] },
  ],
  sources: ['data-layer', 'schema-org'],
  recipients: [
    { name: 'A mail house', purpose: 'activation', privacy: 'https://mail.example/privacy' },
    { name: 'An ad house', purpose: 'advertising' },
  ],
  words: { de: { accept: 'Ja', reject: 'Nein' }, cy: { title: 'Helo' } },
  expose: 'attribute',
  consent: {
    source: 'tcf',
    mapping: { personalization: ['1', '5'], 'measurement.browsing': ['custom1'] },
    optOut: { us: ['personalization'], 'us-ca': ['personalization', 'measurement'] },
    consentMode: { analytics_storage: 'measurement' },
    dataLayer: true,
    clear: [
      { purpose: 'measurement', cookies: ['_ga', '_ga_*'], storage: ['amp*'], domain: '.shop.example', path: '/' },
    ],
  },
  reports: { url: 'https://collector.example/v1/reports', maxDelay: 60_000, stable: 10_000, retention: 14 },
}) as Json

/** A notice that was not changed itself follows the rest. */
export const settle = (document: Json): Json => {
  const { notice } = (document ?? {}) as { notice?: Json }
  if (notice !== (config as typeof document & { notice: Json }).notice) return document
  try {
    return revised(document as object) as unknown as Json
  } catch {
    return document
  }
}
