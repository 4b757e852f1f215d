import { categoryOf, products } from '../catalog.js'
import { fill, setTitle, slugFromPath } from '../element.js'
import { stockShelf } from '../shelf.js'

const ORDERS = {
  ours: () => 0,
  cheapest: (a, b) => a.cents - b.cents,
  dearest: (a, b) => b.cents - a.cents,
}

const category = categoryOf(slugFromPath())
const found = document.querySelector('#found')
const sort = document.querySelector('#sort')

if (category) {
  const own = products.filter(product => product.category === category.slug)
  setTitle(category.name)
  fill(found, { name: category.name, intro: category.intro, count: `${own.length} things on this shelf` })
  sort.addEventListener('change', () => show(own))
  show(own)
} else {
  setTitle('No such shelf')
  found.hidden = true
  document.querySelector('#missing').hidden = false
}

function show(own) {
  stockShelf(document.querySelector('#goods'), own.toSorted(ORDERS[sort.value] ?? ORDERS.ours))
}
