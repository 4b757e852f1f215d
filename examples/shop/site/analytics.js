import { categoryOf } from './catalog.js'

// The shop's ordinary GA4 ecommerce events. Nothing here sends anything: a tag manager would read this list.
// https://developers.google.com/analytics/devguides/collection/ga4/ecommerce
window.dataLayer = window.dataLayer || []

/**
 * Pushes one ecommerce event.
 * @param {string} event GA4 name, such as `view_item`
 * @param {{product: object, quantity?: number}[]} lines
 * @param {object} [more] further ecommerce fields, such as `transaction_id`
 */
export function track(event, lines, more = {}) {
  const cents = lines.reduce((sum, { product, quantity = 1 }) => sum + product.cents * quantity, 0)
  window.dataLayer.push({ ecommerce: null })
  window.dataLayer.push({
    event,
    ecommerce: { currency: 'EUR', value: cents / 100, ...more, items: lines.map(itemOf) },
  })
}

export function trackSearch(term) {
  window.dataLayer.push({ ecommerce: null })
  window.dataLayer.push({ event: 'search', search_term: term })
}

function itemOf({ product, quantity = 1 }) {
  return {
    item_id: product.id,
    item_name: product.name,
    item_category: categoryOf(product.category).name,
    price: product.cents / 100,
    quantity,
  }
}
