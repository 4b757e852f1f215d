import { cartCents, deliveryCents } from './cart.js'
import { element, fill } from './element.js'
import { money } from './money.js'

/** Fills the summary of an order: its lines, delivery and total. */
export function showSummary(root, lines, method) {
  root
    .querySelector('#summary-lines')
    .replaceChildren(
      ...lines.map(({ product, quantity }) =>
        element(
          'li',
          {},
          element('img', { src: `/art/${product.art}.svg`, alt: '', width: 56, height: 56 }),
          element('span', {}, element('span', { class: 'quiet' }, `${quantity} × `), product.name),
          element('span', { class: 'figure' }, money(product.cents * quantity)),
        ),
      ),
    )
  const goods = cartCents(lines)
  const post = deliveryCents(goods, method)
  fill(root, { goods: money(goods), post: post === 0 ? 'Free' : money(post), total: money(goods + post) })
}
