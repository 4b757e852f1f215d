const response = await fetch('/catalog.json')
const catalog = await response.json()

export const { categories, products, delivery, demoOrders } = catalog

const bySlug = new Map(products.map(product => [product.slug, product]))

export function productOf(slug) {
  return bySlug.get(slug)
}

export function categoryOf(slug) {
  return categories.find(category => category.slug === slug)
}

/** Products whose words hold every word of the query, the best match first. */
export function search(query) {
  const plain = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const words = plain(query).split(/\s+/).filter(Boolean)
  if (words.length === 0) return []
  const score = product => {
    const name = plain(product.name)
    const rest = plain(
      [product.short, product.words, categoryOf(product.category).name, ...Object.values(product.details)].join(' '),
    )
    let total = 0
    for (const word of words) {
      if (name.includes(word)) total += 3
      else if (rest.includes(word)) total += 1
      else return 0
    }
    return total
  }
  return products
    .map(product => ({ product, total: score(product) }))
    .filter(({ total }) => total > 0)
    .sort((a, b) => b.total - a.total)
    .map(({ product }) => product)
}
