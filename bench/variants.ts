/** What is measured beside each other: the page without any, five peers, and Nearside. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Variant {
  readonly name: string
  /** The package in bench/peers; none is a file of this repository, or no file at all. */
  readonly package?: string
  readonly version?: string
  /** Files that a page loads before a visitor has answered anything. */
  readonly files: readonly string[]
  /** What stands in the head of each page. @param sink the origin that takes the place of the peer's servers */
  readonly head: (sink: string) => string
  /** Asks for consent, and does nothing before it has it. */
  readonly asks?: true
  /** The visitor has refused on an earlier page. */
  readonly refused?: true
}

export const NEARSIDE = 'nearside'
export const REFUSED = 'nearside, refused'
export const NONE = 'none'

const PAINT = 'nearside-paint.js'
const LOADER = 'nearside.js'
const nearside = `<script src="/nearside/${PAINT}"></script>
<script async src="/nearside/${LOADER}" data-config="/nearside.json"></script>
<script>bench.fire = value => nearside.signal('add_to_cart', { value, currency: 'EUR', quantity: 1 })</script>`

const peer = (name: string, from: string, attributes: (sink: string) => string = () => ''): Variant => ({
  name,
  package: from,
  files: [`bench/${name}.js`],
  head: sink => `<script async src="/bench/${name}.js"${attributes(sink)}></script>`,
})

export const variants: readonly Variant[] = [
  { name: NONE, files: [], head: () => '<script>bench.fire = () => {}</script>' },
  {
    name: NEARSIDE,
    files: [PAINT, LOADER, 'nearside-banner.js', 'nearside-config.js'],
    head: () => nearside,
    asks: true,
  },
  { name: REFUSED, files: [PAINT, LOADER], head: () => nearside, refused: true },
  peer('plausible', '@plausible-analytics/tracker'),
  peer('umami', 'umami', sink => ` data-website-id="bench" data-host-url="${sink}"`),
  peer('posthog', 'posthog-js'),
  peer('segment', '@segment/analytics-next'),
  peer('snowplow', '@snowplow/browser-tracker'),
]

/** With the version that is installed. @param peers folder of the peers' package.json */
export const withVersion = (variant: Variant, peers: string): Variant => {
  if (!variant.package) return variant
  const { dependencies, vendored } = JSON.parse(readFileSync(join(peers, 'package.json'), 'utf8'))
  return { ...variant, version: { ...dependencies, ...vendored }[variant.package] }
}
