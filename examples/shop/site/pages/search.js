import { trackSearch } from '../analytics.js'
import { products, search } from '../catalog.js'
import { fill, setTitle } from '../element.js'
import { stockShelf } from '../shelf.js'

const page = document.querySelector('#main')
const query = (new URLSearchParams(location.search).get('q') ?? '').trim().slice(0, 80)
const found = search(query)

page.querySelector('#query').value = query
page.querySelector('#none').hidden = query === '' || found.length > 0
if (query) {
  setTitle('Search')
  trackSearch(query)
  fill(page, { heading: `“${query}”` })
  if (found.length > 0) fill(page, { count: found.length === 1 ? 'One thing found' : `${found.length} things found` })
}
stockShelf(page.querySelector('#goods'), found.length > 0 ? found : products.filter(product => product.featured))
