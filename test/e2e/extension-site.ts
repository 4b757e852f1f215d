// A small site that runs the real SDK from dist/sdk, and beside it pages that write what a hostile or newer site might.
import { join } from 'node:path'
import { revised } from '../../core/config.ts'
import type { FeatureSpec } from '../../core/feature.ts'
import { needsOf } from '../../core/needs.ts'
import { type Site, startSite } from '../harness/site.ts'
import { bundled } from './extension-bundle.ts'

const root = join(import.meta.dirname, '../..')

const features: FeatureSpec[] = [
  { name: 'product_views', kind: 'page_view', where: { page: ['product'] }, aggregate: 'count', window: 'session' },
  { name: 'pages', kind: 'page_view', aggregate: 'count', window: 'session' },
  { name: 'items_viewed', kind: 'view_item', aggregate: 'count', window: 'session' },
  { name: 'cart_adds', kind: 'add_to_cart', aggregate: 'count', window: 'session' },
]

/** Labels are what a site says: here it tries to say more. */
export const HOSTILE_LABEL = '<img src=x onerror=alert(1)>\u202egnp.evil'

const model = {
  v: 1,
  name: 'test',
  revision: 1,
  issued: '2025-01-01',
  expires: '2199-01-01',
  features,
  segmentations: [
    {
      kind: 'centroids',
      id: 'visit',
      label: 'What kind of visit is this?',
      uses: ['content'],
      segments: [
        { id: 'a0', label: 'Not known', description: 'Too little was noticed.' },
        { id: 'a1', label: 'A quick look', description: 'Few pages, and nothing looked at closely.' },
        { id: 'a2', label: 'Looks around', description: 'Many products, compared at leisure.' },
      ],
      features: ['product_views', 'pages', 'items_viewed'],
      scaler: { center: [0, 0, 0], scale: [1, 1, 1] },
      centroids: [
        [0, 1, 0],
        [4, 6, 5],
      ],
    },
    {
      kind: 'rules',
      id: 'basket',
      label: 'Is something left in the basket?',
      uses: ['offer'],
      segments: [
        { id: 'b0', label: 'Not known', description: 'Too little was noticed.' },
        { id: 'b1', label: HOSTILE_LABEL, description: 'Something was put in the basket.' },
        { id: 'b2', label: 'Empty basket', description: 'Nothing was put in the basket.' },
      ],
      rules: [{ segment: 'b1', all: [{ feature: 'cart_adds', least: 1 }] }],
      otherwise: 'b2',
    },
  ],
  guarantee: { minimumSize: 1, dataset: 'made up', digest: 'none', basis: 'a test' },
}

const config = revised({
  v: 1,
  site: 'little-shop',
  controller: { name: 'The Little Shop', contact: 'privacy@little.example' },
  model: '/model.json',
  needs: needsOf(features),
  pages: [{ path: '/product/*', kind: 'product' }],
  reports: { url: '/collector', maxDelay: 0, stable: 0 },
})

const page = (title: string, head: string): string =>
  `<!doctype html><meta charset=utf-8><title>${title}</title>${head}<h1>${title}</h1>`

const tag = '<script async src="/sdk/nearside.js" data-config="/nearside.json"></script>'

export const startLittleShop = async (): Promise<Site> =>
  startSite({
    files: {
      '/': page('The Little Shop', tag),
      '/product/one/': page('One', tag),
      '/nearside.json': JSON.stringify(config),
      '/model.json': JSON.stringify(model),
      '/collector/v1/reports': { status: 204 },
      '/collector/v1/erasures': { status: 204 },
    },
    directories: { '/sdk/': join(root, 'dist/sdk/') },
  })

/** A site without the SDK; `/forge.js` writes what the SDK would, and what it would not. */
export const startForger = async (): Promise<Site> => {
  return startSite({
    files: {
      '/': page('Plain', ''),
      '/forge/': page('Forge', '<script src="/forge.js"></script>'),
      '/forge.js': await bundled('extension-forge.entry.ts'),
    },
  })
}

export { config, model }
