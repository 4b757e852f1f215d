/**
 * What this shop tells Nearside, on the visitor's own device: the cart and the order, as whole cents and counts.
 * Page views need no line here; the config's path patterns name them. Without a yes, Nearside refuses all of it.
 * @param {'add_to_cart' | 'remove_from_cart' | 'begin_checkout' | 'purchase'} name
 * @param {{product: {cents: number}, quantity: number}[]} lines
 */
export function signalCart(name, lines) {
  const value = lines.reduce((sum, { product, quantity }) => sum + product.cents * quantity, 0)
  const quantity = lines.reduce((sum, line) => sum + line.quantity, 0)
  window.nearside?.signal(name, { value, currency: 'EUR', quantity })
}
