import { track } from '../analytics.js'
import { cartCents, deliveryCents, takeOrder } from '../cart.js'
import { fill } from '../element.js'
import { showSummary } from '../order-summary.js'

const page = document.querySelector('#main')
const order = takeOrder()
page.querySelector('#ordered').hidden = !order
page.querySelector('#nothing').hidden = Boolean(order)
if (order) {
  fill(page, { number: order.number })
  showSummary(page, order.lines, order.method)
  const shipping = deliveryCents(cartCents(order.lines), order.method) / 100
  track('purchase', order.lines, { transaction_id: order.number, shipping })
}
