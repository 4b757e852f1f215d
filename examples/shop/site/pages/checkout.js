import { track } from '../analytics.js'
import { cartLines, placeOrder } from '../cart.js'
import { showSummary } from '../order-summary.js'
import { signalCart } from '../signals.js'

const page = document.querySelector('#main')
const form = page.querySelector('#order')
const told = new Set()

const lines = cartLines()
page.querySelector('#filled').hidden = lines.length === 0
page.querySelector('#empty').hidden = lines.length > 0
if (lines.length > 0) {
  showSummary(page, lines, chosen('delivery'))
  form.addEventListener('change', event => {
    const group = event.target.closest('[data-group]')?.dataset.group
    if (group) tellOnce(group)
    showSummary(page, lines, chosen('delivery'))
  })
  form.addEventListener('submit', event => {
    event.preventDefault()
    tellOnce('delivery')
    tellOnce('payment')
    // Told here, on a page that has been open for a while, and not on the next one, where Nearside may not have started yet.
    signalCart('purchase', lines)
    placeOrder(chosen('delivery'))
    location.assign('/order/thanks')
  })
}

function chosen(group) {
  return form.querySelector(`[data-group="${group}"] input:checked`)?.value
}

function tellOnce(group) {
  if (told.has(group)) return
  told.add(group)
  if (group === 'delivery') track('add_shipping_info', lines, { shipping_tier: chosen(group) })
  if (group === 'payment') track('add_payment_info', lines, { payment_type: chosen(group) })
}
