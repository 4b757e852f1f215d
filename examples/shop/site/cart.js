import { delivery, productOf } from './catalog.js'

// The cart lives in this tab only, and the key exists only while something is in the cart.
const KEY = 'fernhollow-cart'
const ORDER_KEY = 'fernhollow-order'
export const MOST_OF_ONE = 20

/** The cart's lines, `{product, quantity}`; whatever cannot be read counts as empty. */
export function cartLines() {
  return readLines(KEY)
}

export function cartCount(lines = cartLines()) {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0)
}

/** What the goods cost, in cents. */
export function cartCents(lines = cartLines()) {
  return lines.reduce((sum, { product, quantity }) => sum + product.cents * quantity, 0)
}

export function deliveryCents(goodsCents, method = 'standard') {
  if (method === 'collect' || goodsCents >= delivery.freeFromCents) return 0
  return delivery.standardCents
}

/** Sets how many of one product are in the cart and returns the change. */
export function setQuantity(slug, quantity) {
  const lines = cartLines()
  const line = lines.find(({ product }) => product.slug === slug)
  const before = line?.quantity ?? 0
  const after = Math.max(0, Math.min(MOST_OF_ONE, Math.round(quantity) || 0))
  if (line) line.quantity = after
  else if (productOf(slug)) lines.push({ product: productOf(slug), quantity: after })
  write(lines.filter(each => each.quantity > 0))
  return after - before
}

export function addToCart(slug, quantity) {
  const before = cartLines().find(({ product }) => product.slug === slug)?.quantity ?? 0
  return setQuantity(slug, before + quantity)
}

/** Turns the cart into an order, which the thank-you page reads once. */
export function placeOrder(method) {
  const lines = cartLines()
  const order = { number: orderNumber(), method, lines: plain(lines) }
  sessionStorage.setItem(ORDER_KEY, JSON.stringify(order))
  write([])
}

/** The order just placed, or nothing. Reading it forgets it. */
export function takeOrder() {
  const lines = readLines(ORDER_KEY, order => order.lines)
  const order = readJson(ORDER_KEY)
  sessionStorage.removeItem(ORDER_KEY)
  return lines.length > 0 ? { number: order.number, method: order.method, lines } : undefined
}

function write(lines) {
  if (lines.length === 0) sessionStorage.removeItem(KEY)
  else sessionStorage.setItem(KEY, JSON.stringify(plain(lines)))
  dispatchEvent(new Event('fernhollow:cart'))
}

function plain(lines) {
  return lines.map(({ product, quantity }) => ({ slug: product.slug, quantity }))
}

function readLines(key, pick = value => value) {
  const value = readJson(key)
  const list = value ? pick(value) : []
  if (!Array.isArray(list)) return []
  return list
    .map(({ slug, quantity }) => ({ product: productOf(slug), quantity }))
    .filter(({ product, quantity }) => product && Number.isInteger(quantity) && quantity > 0)
}

function readJson(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null')
  } catch {
    return null
  }
}

function orderNumber() {
  return `FH-${20500 + (crypto.getRandomValues(new Uint16Array(1))[0] % 9000)}`
}
