/** The product that a page is about, as it already tells search engines: JSON-LD or microdata. A page of several is a list. */

import { loadWords, type Source } from './source.ts'

type Thing = { readonly [name: string]: unknown }

const all = (selector: string, within: ParentNode = document): Element[] => [...within.querySelectorAll(selector)]
const first = (it: unknown): Thing => ([it].flat()[0] ?? {}) as Thing

/** The products a document speaks of, to the depth at which a page says what it is about. */
const productsIn = (document: unknown): Thing[] =>
  [document]
    .flat()
    .flatMap(it => [it, first(it)['@graph'], first(it).mainEntity])
    .flat()
    .map(first)
    .filter(it => [it['@type']].flat().some(type => type === 'Product' || type === 'ProductGroup'))

const linked = (): Thing[] =>
  all('script[type="application/ld+json"]').flatMap(({ textContent }) => {
    try {
      return productsIn(JSON.parse(textContent as string))
    } catch {
      return []
    }
  })

const marked = (): Thing[] =>
  all('[itemtype$="schema.org/Product"]').map(scope =>
    Object.fromEntries(
      all('[itemprop]', scope).map(it => [it.getAttribute('itemprop'), it.getAttribute('content') ?? it.textContent]),
    ),
  )

/** How long an application may take to replace what it says of the last product. */
const SETTLE_MS = 500

export const start: Source = (note, signal) => {
  const words = loadWords()
  let path: string | undefined

  const look = async (): Promise<void> => {
    try {
      const { fieldsFrom } = await words
      const products = linked()
      const [product, another] = products.length ? products : marked()
      if (signal.aborted || !product || another || path === location.pathname) return
      path = location.pathname
      const offer = { ...product, ...first(product.offers ?? first(product.hasVariant).offers) }
      const label = first(product.category).name ?? product.category
      const last = typeof label === 'string' && label.split(/[>/]/).pop()
      note('view_item', fieldsFrom(last, [], offer.price ?? offer.lowPrice ?? NaN, offer.priceCurrency))
    } catch {
      // A page may say anything.
    }
  }
  look()
  addEventListener('load', look, { signal })
  // An application puts the next product in place a moment after its address.
  const { navigation } = window as { navigation?: EventTarget }
  navigation?.addEventListener('currententrychange', () => setTimeout(look, SETTLE_MS), { signal })
}
