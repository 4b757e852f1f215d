import { demoOrders, productOf } from '../catalog.js'
import { isSignedIn, signIn, signOut } from '../customer.js'
import { element } from '../element.js'
import { money } from '../money.js'

const page = document.querySelector('#main')
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
const DAY_MS = 24 * 60 * 60 * 1000

page.querySelector('#sign-in').addEventListener('click', () => {
  signIn()
  show()
  page.querySelector('#greeting').focus()
})
page.querySelector('#sign-out').addEventListener('click', () => {
  signOut()
  show()
  page.querySelector('#sign-in').focus()
})
show()

function show() {
  const here = isSignedIn()
  page.querySelector('#signed-in').hidden = !here
  page.querySelector('#signed-out').hidden = here
  page.querySelector('#orders').replaceChildren(...demoOrders.map(orderRow))
}

function orderRow({ number, daysAgo, lines, state }) {
  const goods = lines.map(({ slug, quantity }) => ({ product: productOf(slug), quantity }))
  const cents = goods.reduce((sum, { product, quantity }) => sum + product.cents * quantity, 0)
  return element(
    'li',
    { class: 'past-order' },
    element(
      'div',
      { class: 'past-pictures' },
      ...goods.map(({ product }) => element('img', { src: `/art/${product.art}.svg`, alt: '', width: 88, height: 88 })),
    ),
    element(
      'div',
      {},
      element('h3', {}, `Order ${number}`),
      element('p', { class: 'quiet' }, `${day.format(new Date(Date.now() - daysAgo * DAY_MS))} · ${state}`),
      element(
        'p',
        {},
        ...goods.flatMap(({ product, quantity }, index) => [
          index === 0 ? '' : ', ',
          `${quantity} × `,
          element('a', { href: `/p/${product.slug}` }, product.name),
        ]),
      ),
    ),
    element('p', { class: 'figure' }, money(cents)),
  )
}
