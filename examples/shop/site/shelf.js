import { track } from './analytics.js'
import { element } from './element.js'
import { money } from './money.js'

/** Puts products on a shelf (an empty `<ul class="shelf">`), and tells analytics that they were shown. */
export function stockShelf(list, products) {
  list.replaceChildren(...products.map(card))
  if (products.length > 0)
    track(
      'view_item_list',
      products.map(product => ({ product })),
    )
}

function card(product) {
  return element(
    'li',
    { class: 'card' },
    element(
      'div',
      { class: 'niche' },
      element('img', { src: `/art/${product.art}.svg`, alt: '', width: 400, height: 400 }),
    ),
    element(
      'div',
      { class: 'card-text' },
      element('p', { class: 'tag' }, money(product.cents)),
      element(
        'h3',
        { class: 'card-name' },
        element(
          'a',
          {
            href: `/p/${product.slug}`,
            'data-product': product.slug,
            click: () => track('select_item', [{ product }]),
          },
          product.name,
        ),
      ),
      element('p', { class: 'card-short' }, product.short),
    ),
  )
}
