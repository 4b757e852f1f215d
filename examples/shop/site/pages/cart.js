import { track } from '../analytics.js'
import { cartCents, cartLines, deliveryCents, MOST_OF_ONE, setQuantity } from '../cart.js'
import { delivery } from '../catalog.js'
import { element, fill } from '../element.js'
import { money } from '../money.js'
import { signalCart } from '../signals.js'

const page = document.querySelector('#main')
const status = page.querySelector('#cart-status')
show()
if (cartLines().length > 0) track('view_cart', cartLines())

function show() {
  const lines = cartLines()
  page.querySelector('#filled').hidden = lines.length === 0
  page.querySelector('#empty').hidden = lines.length > 0
  page.querySelector('#lines').replaceChildren(...lines.map(row))
  showSums(lines)
}

function showSums(lines) {
  const goods = cartCents(lines)
  const post = deliveryCents(goods)
  const missing = delivery.freeFromCents - goods
  fill(page, {
    goods: money(goods),
    post: post === 0 ? 'Free' : money(post),
    total: money(goods + post),
    'to-free': missing > 0 ? `${money(missing)} more and delivery is free.` : 'Delivery is free for this cart.',
  })
}

function row({ product, quantity }) {
  const id = `quantity-${product.slug}`
  const change = next => update(product, next)
  return element(
    'li',
    { class: 'line', 'data-line': product.slug },
    element(
      'a',
      { class: 'line-picture', href: `/p/${product.slug}`, tabindex: -1, 'aria-hidden': 'true' },
      element('img', { src: `/art/${product.art}.svg`, alt: '', width: 120, height: 120 }),
    ),
    element(
      'div',
      { class: 'line-text' },
      element('h2', { class: 'line-name' }, element('a', { href: `/p/${product.slug}` }, product.name)),
      element('p', { class: 'quiet' }, `${money(product.cents)} each`),
      element(
        'div',
        { class: 'line-tools' },
        element('label', { for: id, class: 'sr-only' }, `Quantity of ${product.name}`),
        element('input', {
          id,
          type: 'number',
          class: 'line-quantity',
          min: 0,
          max: MOST_OF_ONE,
          inputmode: 'numeric',
          value: quantity,
          // An emptied field is a slip of the hand and keeps what was there; a nought is meant.
          change: ({ target }) => change(target.value === '' ? Number(target.defaultValue) : Number(target.value)),
        }),
        element(
          'button',
          { type: 'button', class: 'link', 'data-remove': product.slug, click: () => change(0) },
          'Remove',
          element('span', { class: 'sr-only' }, ` ${product.name}`),
        ),
      ),
    ),
    element('p', { class: 'line-sum' }, money(product.cents * quantity)),
  )
}

function update(product, quantity) {
  const change = setQuantity(product.slug, quantity)
  if (change !== 0) {
    const name = change > 0 ? 'add_to_cart' : 'remove_from_cart'
    const lines = [{ product, quantity: Math.abs(change) }]
    track(name, lines)
    signalCart(name, lines)
  }
  const lines = cartLines()
  const left = lines.find(line => line.product === product)?.quantity ?? 0
  status.textContent = left === 0 ? `${product.name} removed.` : `${product.name}: ${left} in the cart.`
  if (left === 0) {
    show()
    // The row that had the focus is gone; the heading above takes it.
    page.querySelector(lines.length === 0 ? '#empty h1' : '#filled h1').focus()
    return
  }
  // In place, since drawing the row anew would take the focus from whoever is typing in it.
  const line = page.querySelector(`[data-line="${product.slug}"]`)
  const field = line.querySelector('input')
  field.defaultValue = String(left)
  field.value = String(left)
  line.querySelector('.line-sum').textContent = money(product.cents * left)
  showSums(lines)
}
