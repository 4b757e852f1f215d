// What every page of the shop does; each page adds a module of its own from /pages/.
import { track } from './analytics.js'
import { cartCount, cartLines } from './cart.js'
import { delivery } from './catalog.js'
import { fill } from './element.js'
import { money } from './money.js'
import { signalCart } from './signals.js'

function showCartCount() {
  const count = cartCount()
  for (const node of document.querySelectorAll('[data-cart-count]')) {
    node.textContent = String(count)
    node.hidden = count === 0
  }
}

function markCurrentPage() {
  for (const link of document.querySelectorAll('.masthead nav a, .footer nav a'))
    if (new URL(link.href).pathname === location.pathname) link.setAttribute('aria-current', 'page')
}

/** The next working day a parcel leaves: today before 14:00, else the next, never at the weekend. */
function nextShippingDay(now) {
  const day = new Date(now)
  if (day.getHours() >= 14) day.setDate(day.getDate() + 1)
  while (day.getDay() === 0 || day.getDay() === 6) day.setDate(day.getDate() + 1)
  return day
}

function listenToClicks() {
  document.addEventListener('click', event => {
    const target = event.target instanceof Element ? event.target : undefined
    if (target?.closest('[data-privacy-choices]')) openPrivacyChoices()
    if (target?.closest('a[href="/checkout"]')) beginCheckout()
  })
}

function openPrivacyChoices() {
  if (window.nearside) window.nearside.openPrivacyCenter()
  else if (location.pathname !== '/privacy') location.assign('/privacy')
}

function beginCheckout() {
  const lines = cartLines()
  if (lines.length === 0) return
  track('begin_checkout', lines)
  signalCart('begin_checkout', lines)
}

showCartCount()
addEventListener('fernhollow:cart', showCartCount)
// Coming back with the browser's own button shows a kept page: its count may be old.
addEventListener('pageshow', showCartCount)
markCurrentPage()
listenToClicks()
fill(document, {
  'ship-day': new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' }).format(
    nextShippingDay(new Date()),
  ),
  'free-from': money(delivery.freeFromCents).replace(/\.00$/, ''),
  'delivery-price': money(delivery.standardCents),
})
