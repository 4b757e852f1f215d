/** Words for a segment, drafted from what sets it apart. A person approves them by putting them into the recipe. */

import type { FeatureSpec } from '../../core/feature.ts'
import { sensitiveIn } from '../../core/lint/sensitive-in.ts'
import type { Kind } from '../../core/signal.ts'

export interface Words {
  readonly label: string
  readonly description: string
}

/** What is counted, in the plural. */
const NOUNS: { readonly [K in Kind]: string } = {
  page_view: 'pages',
  page_dwell: 'time on pages',
  scroll_depth: 'scrolling',
  click: 'clicks',
  rage_click: 'hasty clicks',
  search: 'searches',
  view_item_list: 'product lists',
  select_item: 'products chosen',
  view_item: 'products seen',
  add_to_wishlist: 'wishes',
  add_to_cart: 'cart additions',
  remove_from_cart: 'cart removals',
  view_cart: 'looks at the cart',
  begin_checkout: 'checkouts begun',
  add_shipping_info: 'addresses given',
  add_payment_info: 'payments prepared',
  purchase: 'orders',
  refund: 'refunds',
  answer: 'answers',
}

const LONGEST_LABEL = 60
/** Nearer to the middle than this, in deviations, a feature says little. */
const TELLING = 0.35

/** `product pages`, `time on help pages`, `orders`; of more words than one can read, what the feature itself is called. */
export const nounOf = ({ kind, where, name }: FeatureSpec): string => {
  const words = Object.values(where ?? {}).flat()
  const narrow = words.length && words.length <= 2 ? words.join(' and ').replace(/_/g, ' ') : ''
  if (!narrow) return words.length ? name.replace(/_/g, ' ') : NOUNS[kind]
  return kind === 'page_dwell' ? `time on ${narrow} pages` : `${narrow} ${NOUNS[kind]}`
}

interface Degrees {
  readonly much: string
  readonly little: string
}

/** How a feature that is high is said, and one that is low. */
const degreesOf = (spec: FeatureSpec): Degrees => {
  const noun = nounOf(spec)
  switch (spec.aggregate) {
    case 'recency':
      return { much: `last ${noun} long ago`, little: `${noun} lately` }
    case 'sessions':
      return { much: 'frequent visits', little: 'rare visits' }
    case 'distinct':
      return spec.field
        ? { much: `varied ${noun}`, little: `${noun} much alike` }
        : { much: 'here on many days', little: 'here on few days' }
    case 'sum':
      if (spec.field === 'value') return { much: 'high spending', little: 'low spending' }
      return spec.field === 'ms'
        ? { much: `much ${noun}`, little: `little ${noun}` }
        : { much: `many ${noun}`, little: `few ${noun}` }
    case 'mean':
    case 'max':
      return { much: `high ${spec.field ?? ''} of ${noun}`, little: `low ${spec.field ?? ''} of ${noun}` }
    case 'share':
    case 'ratio':
      return { much: `mostly ${noun}`, little: `hardly any ${noun}` }
    case 'span':
      return { much: `${noun} over a long time`, little: `${noun} over a short time` }
    case 'entropy':
      return { much: `varied ${noun}`, little: `${noun} much alike` }
    case 'returns':
      return { much: `coming back to ${noun}`, little: `seldom back at ${noun}` }
    case 'count':
    case 'sequence':
      return { much: `many ${noun}`, little: `few ${noun}` }
    default:
      return spec.aggregate satisfies never
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** The features in the order of how far the centroid lies from the middle, each said in words. */
const saidOf = (specs: readonly FeatureSpec[], centroid: readonly number[]): string[] => {
  const far = specs
    .map((spec, i) => ({ spec, z: centroid[i] as number }))
    .filter(({ z }) => Math.abs(z) >= TELLING)
    .sort((a, b) => Math.abs(b.z) - Math.abs(a.z))
  return [...new Set(far.map(({ spec, z }) => (z > 0 ? degreesOf(spec).much : degreesOf(spec).little)))]
}

/** What is taken for a label, the most telling being 0: another set where one is too long, or another's already. */
const TRIED = [[0, 1], [0], [0, 1, 2], [0, 1, 2, 3], [0, 2], [1, 2], [0, 3], [1, 3], [2, 3], [1], [2], [3]]

/**
 * A label and a description for each centroid; no two labels are equal, and none holds a sensitive word.
 * @param specs of the features that are clustered
 * @param centroids k x d, scaled
 */
export const draftNames = (specs: readonly FeatureSpec[], centroids: readonly (readonly number[])[]): Words[] => {
  const taken = new Set<string>()
  return centroids.map((centroid, i) => {
    const said = saidOf(specs, centroid)
    const fallback = said.length ? `Group ${i + 1}` : 'Much like most'
    const tries = TRIED.map(places => capital(places.flatMap(at => said[at] ?? []).join(', '))).filter(Boolean)
    const fits = (label: string): boolean =>
      label.length <= LONGEST_LABEL && !taken.has(label) && !sensitiveIn(label).length
    const label = [...tries, fallback, `Group ${i + 1}`].find(fits) ?? `Group ${i + 1}`
    taken.add(label)
    const clean = said.filter(each => !sensitiveIn(each).length)
    const description = clean.length
      ? `What sets this group apart from most: ${clean.slice(0, 4).join('; ')}.`
      : 'Visits of this group are much like most.'
    return { label, description }
  })
}
