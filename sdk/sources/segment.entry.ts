/** Segment's ecommerce spec, as PostHog and RudderStack speak it too: what the page gives to `analytics.track`. */

import type { Joinable, Middleware } from './middleware.entry.ts'
import { listenIn } from './patch.ts'
import { loadBeside, type Source } from './source.ts'
import type { Words } from './words.entry.ts'

/** In an order that compresses well. */
const KINDS: { readonly [event: string]: string } = {
  'Products Searched': 'search',
  'Product Viewed': 'view_item',
  'Product Added to Wishlist': 'add_to_wishlist',
  'Product Added': 'add_to_cart',
  'Product List Viewed': 'view_item_list',
  'Checkout Started': 'begin_checkout',
  'Cart Viewed': 'view_cart',
  'Order Completed': 'purchase',
  'Payment Info Entered': 'add_payment_info',
  'Product Clicked': 'select_item',
  'Product Removed': 'remove_from_cart',
  'Order Refunded': 'refund',
}

type Given = Record<string, unknown>

interface Analytics extends Joinable {
  track(...given: unknown[]): unknown
  ready?(act: () => void): unknown
}

export const start: Source = (note, signal, { needs, past }) => {
  const words = loadBeside<Words>('words')
  let heard: Analytics | undefined

  const look = async ([event, properties]: unknown[]): Promise<void> => {
    try {
      const kind = KINDS[event as string]
      if (!needs.some(need => need.kind === kind)) return
      const given = (properties ?? {}) as Given
      const list = (given.products ?? [given]) as Given[]
      const amount = given.total ?? given.revenue ?? given.value
      const label = given.category ?? list[0]?.category
      const { fieldsFrom } = await words
      if (!signal.aborted) note(kind as string, fieldsFrom(label, list, amount, given.currency))
    } catch {
      // A page may track anything.
    }
  }

  /** The snippet's stand-in is an array of calls, until the library takes its place. */
  const hear = async (): Promise<void> => {
    try {
      // Where there is none yet it is none that was heard either.
      const { analytics } = window as unknown as { analytics: Analytics }
      if (signal.aborted || analytics === heard) return
      if (past && !heard && Array.isArray(analytics))
        for (const [verb, ...given] of analytics) if (verb === 'track') look(given)
      heard = analytics
      // The library makes the calls that waited, which were heard, one by one, each in a task of its own.
      analytics.ready?.(() => setTimeout(hear))
      try {
        listenIn(analytics, 'track', look, signal)
      } catch {
        // Frozen.
        await (await loadBeside<Middleware>('middleware')).join(analytics, look, signal)
      }
    } catch {
      // Not what it is called.
    }
  }
  hear()
  addEventListener('load', hear, { signal })
}
