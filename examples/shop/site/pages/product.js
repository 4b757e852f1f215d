import { track } from '../analytics.js'
import { addToCart, MOST_OF_ONE } from '../cart.js'
import { categoryOf, productOf, products } from '../catalog.js'
import { element, fill, setTitle, slugFromPath } from '../element.js'
import { money } from '../money.js'
import { stockShelf } from '../shelf.js'
import { signalCart } from '../signals.js'

const product = productOf(slugFromPath())
if (product) show(product)
else {
  setTitle('Not on our shelves')
  document.querySelector('#found').hidden = true
  document.querySelector('#missing').hidden = false
}

function show(product) {
  const page = document.querySelector('#found')
  const category = categoryOf(product.category)
  setTitle(product.name.split(':')[0])
  fill(page, {
    name: product.name,
    short: product.short,
    description: product.description,
    price: money(product.cents),
    category: category.name,
    'guide-title': product.brewing ? 'Brewing guide' : 'How to use it well',
  })
  page.querySelector('#category-link').href = `/c/${category.slug}`
  const picture = page.querySelector('#picture')
  picture.src = `/art/${product.art}.svg`
  page.querySelector('#name').classList.toggle('long', product.name.length > 60)
  page
    .querySelector('#details')
    .replaceChildren(
      ...Object.entries(product.details).map(([term, text]) =>
        element('div', {}, element('dt', {}, term), element('dd', {}, text)),
      ),
    )
  showGuide(page, product)
  listenToBuying(page, product)
  track('view_item', [{ product }])
  stockShelf(page.querySelector('#beside'), neighbours(product))
}

function showGuide(page, { brewing, use }) {
  page.querySelector('#guide-tips').replaceChildren(...use.map(tip => element('li', {}, tip)))
  const figures = page.querySelector('#guide-figures')
  figures.hidden = !brewing
  page.querySelector('#guide-picture').hidden = Boolean(brewing)
  if (brewing)
    fill(figures, {
      leaf: brewing.grams,
      water: `${brewing.millilitres} ml`,
      heat: `${brewing.celsius} °C`,
      time: brewing.time,
      again: brewing.again,
    })
}

function listenToBuying(page, product) {
  const amount = page.querySelector('#quantity')
  amount.max = MOST_OF_ONE
  for (const button of page.querySelectorAll('[data-step]'))
    button.addEventListener('click', () => {
      amount.value = String(Math.min(MOST_OF_ONE, Math.max(1, Number(amount.value) + Number(button.dataset.step))))
    })
  page.querySelector('#buy').addEventListener('submit', event => {
    event.preventDefault()
    const added = addToCart(product.slug, Number(amount.value))
    const note = page.querySelector('#added')
    if (added <= 0) {
      note.replaceChildren(`You have ${MOST_OF_ONE} of these in the cart, which is as many as we can send.`)
      return
    }
    const lines = [{ product, quantity: added }]
    track('add_to_cart', lines)
    signalCart('add_to_cart', lines)
    note.replaceChildren(
      added === 1 ? 'In your cart. ' : `${added} in your cart. `,
      element('a', { href: '/cart' }, 'View the cart'),
    )
  })
}

/** Four others: the rest of its own shelf first, then what stands on the next. */
function neighbours(product) {
  const others = products.filter(each => each !== product)
  const own = others.filter(each => each.category === product.category)
  const next = others.filter(each => each.category !== product.category && each.featured)
  return [...own.slice(0, 2), ...next, ...own.slice(2)].slice(0, 4)
}
