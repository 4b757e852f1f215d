/** Makes words and amounts of what a page says. Shared by all sources that read a page's own data. */

import type { Fields } from '../capture.ts'

/** What a shop's label is made of; and with more than six digits something is numbered, a person perhaps. */
const LABEL = /^(?!(.*\d){7})[\p{L}\p{N}_&'-]{1,32}( [\p{L}\p{N}_&'-]+){0,4}$/u

/**
 * A label as a word: `Running shoes` is `running-shoes`. What is no such label is given back as it is, for the gate to refuse;
 * what is no text at all is nothing.
 */
export const wordFrom = (label: unknown): string | undefined => {
  if (typeof label !== 'string' || !label.trim()) return undefined
  const plain = label
    .trim()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
  const word = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')
  return LABEL.test(label.trim()) && word.length < 33 ? word || 'other' : `${label} `
}

/** An amount in the currency's minor unit, by ISO 4217 as the browser knows it: 12.9 EUR is 1290, 1290 JPY is 1290. */
export const minorOf = (amount: unknown, currency: unknown): number | undefined => {
  if (!/^(string|number)$/.test(typeof amount) || typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) return
  const { maximumFractionDigits } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
  // Shifted as text: 1.005 times 100 is 100.49999999999999.
  const minor = Math.round(+`${amount}e${maximumFractionDigits}`)
  return minor >= 0 && minor <= 1e12 ? minor : undefined
}

interface Item {
  readonly price?: unknown
  readonly quantity?: unknown
}

/** More is no shop's. */
const MOST_ITEMS = 200

/** The fields of a shop's signal: an amount that is not given is what the items come to. */
export const fieldsFrom = (label: unknown, items: readonly Item[], amount: unknown, currency: unknown): Fields => {
  const category = wordFrom(label)
  let quantity = 0
  let sum = 0
  for (const { price, quantity: pieces = 1 } of items.slice(0, MOST_ITEMS)) {
    quantity += Number(pieces)
    sum += Number(price) * Number(pieces)
  }
  const value = minorOf(amount ?? sum, currency)
  return {
    ...(category && { category }),
    ...(Number.isSafeInteger(quantity) && quantity > 0 && { quantity }),
    ...(value !== undefined && { value, currency: currency as string }),
  }
}

export type Words = typeof import('./words.entry.ts')
