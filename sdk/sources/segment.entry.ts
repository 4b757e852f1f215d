/** Segment's ecommerce spec, as PostHog and RudderStack speak it too: what the page gives to `analytics.track`. */

import { listenIn } from './patch.ts'
import { loadWords, type Source } from './source.ts'

const KINDS: { readonly [event: string]: string } = {
  'Products Searched': 'search',
  'Product List Viewed': 'view_item_list',
  'Product Clicked': 'select_item',
  'Product Viewed': 'view_item',
  'Product Added': 'add_to_cart',
  'Product Removed': 'remove_from_cart',
  'Product Added to Wishlist': 'add_to_wishlist',
  'Cart Viewed': 'view_cart',
  'Checkout Started': 'begin_checkout',
  'Payment Info Entered': 'add_payment_info',
  'Order Completed': 'purchase',
  'Order Refunded': 'refund',
}

type Given = Record<string, unknown>

interface Analytics {
  track(...given: unknown[]): unknown
  ready?(act: () => void): unknown
}

export const start: Source = (note, signal, { needs, past }) => {
  const words = loadWords()
  let heard: Analytics | undefined

  const look = async ([event, properties]: unknown[]): Promise<void> => {
    try {
      const kind = KINDS[event as string]
      if (!needs.some(need => need.kind === kind)) return
      const given = (properties ?? {}) as Given
      const list = ((given.products ?? [given]) as Given[]).slice(0, 200)
      const amount = given.total ?? given.revenue ?? given.value
      const label = given.category ?? list[0]?.category
      const { fieldsFrom } = await words
      const fields = fieldsFrom(label, list, amount, given.currency)
      if (!signal.aborted) note(kind as string, fields)
    } catch {
      // A page may track anything.
    }
  }

  /** The snippet's stand-in is an array of calls, until the library takes its place. */
  const hear = (): void => {
    try {
      const { analytics } = window as { analytics?: Analytics }
      if (signal.aborted || !analytics || analytics === heard) return
      if (past && !heard && Array.isArray(analytics))
        for (const [verb, ...given] of analytics) if (verb === 'track') look(given)
      heard = analytics
      listenIn(analytics, 'track', look, signal)
      analytics.ready?.(hear)
    } catch {
      // Frozen, or not what it is called.
    }
  }
  hear()
  addEventListener('load', hear, { signal })
}
