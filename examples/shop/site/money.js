const euro = new Intl.NumberFormat(document.documentElement.lang || 'en', { style: 'currency', currency: 'EUR' })

/** Prices are kept in whole cents and turned into words only here. */
export function money(cents) {
  return euro.format(cents / 100)
}
