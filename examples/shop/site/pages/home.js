import { products } from '../catalog.js'
import { stockShelf } from '../shelf.js'

stockShelf(
  document.querySelector('#favourites'),
  products.filter(product => product.featured),
)
