/** The product that a page is about, as it already tells search engines: JSON-LD or microdata. A page of several is a list. */

import { loadBeside, type Source } from './source.ts'
import type { Words } from './words.entry.ts'

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
    .filter(it => [it['@type']].flat().some(type => /^Product(Group)?$/.test(type as string)))

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

/** An application puts the next product in place a moment after its address, or once it was fetched. */
const LOOK_AFTER_MS = [500, 1500, 4000]

export const start: Source = (note, signal) => {
  const words = loadBeside<Words>('words')
  let address: string | undefined
  let said = '[]'

  const look = async (): Promise<void> => {
    try {
      const { fieldsFrom } = await words
      const found = linked()
      const products = found.length ? found : marked()
      const [product, another] = products
      const text = JSON.stringify(products)
      // The same words under another address are those of the page before; others under the same, a change of price.
      if (signal.aborted || text === said || address === location.href) return
      said = text
      address = product && location.href
      if (!product || another) return
      const offer = { ...product, ...first(product.offers ?? first(product.hasVariant).offers) }
      const label = (first(product.category).name ?? product.category) as string | undefined
      const last = label?.split?.(/[>/]/).pop()
      note('view_item', fieldsFrom(last, [], offer.price ?? offer.lowPrice ?? NaN, offer.priceCurrency))
    } catch {
      // A page may say anything.
    }
  }
  look()
  addEventListener('load', look, { signal })
  // The Navigation API tells of pushState too; without it, back and forward at least are seen.
  const turn = (): void => {
    for (const ms of LOOK_AFTER_MS) setTimeout(look, ms)
  }
  const { navigation } = window as { navigation?: EventTarget }
  navigation?.addEventListener('currententrychange', turn, { signal })
  addEventListener('popstate', turn, { signal })
}
