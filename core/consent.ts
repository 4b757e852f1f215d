/** What may be noticed, what it may be used for, and the pairs of both that a visitor grants. */

/** What may be noticed. */
export const CATEGORIES = ['browsing', 'shopping', 'answers', 'account'] as const
export type Category = (typeof CATEGORIES)[number]

/** What it may be used for. */
export const PURPOSES = ['personalization', 'measurement', 'activation', 'advertising'] as const
export type Purpose = (typeof PURPOSES)[number]

/** A set of (purpose, category) pairs, one bit each: bit = 4 x purpose + category. Denied is the absence of the bit. */
export type Pairs = number & { readonly __brand: 'Pairs' }
export const NONE = 0 as Pairs
export const ALL_PAIRS = 0xffff as Pairs

/** Pairs as a person reads them, and as they are written down: the categories granted for each purpose. */
export type Grants = { readonly [P in Purpose]?: readonly Category[] }

/** Every category that is granted for anything: a refusal has none. */
export const categoriesIn = (grants: Grants): readonly Category[] => Object.values(grants).flat()

/** What is left after taking back one purpose, or all. */
export const without = (grants: Grants, purpose?: Purpose): Grants => (purpose ? { ...grants, [purpose]: [] } : {})

/** What is left where the visitor's browser says that nothing may be sold or shared: what stays on the site, with nobody told. */
export const spared = (grants: Grants): Grants => ({ personalization: grants.personalization ?? [] })

/** Does `after` deny anything that `before` granted? */
export const isLess = (after: Grants, before: Grants): boolean =>
  Object.entries(before).some(([purpose, categories]) =>
    categories.some(category => !after[purpose as Purpose]?.includes(category)),
  )

const each = (act: (purpose: Purpose, category: Category, bit: number) => void): void =>
  PURPOSES.forEach((purpose, p) => {
    CATEGORIES.forEach((category, c) => {
      act(purpose, category, 1 << (p * CATEGORIES.length + c))
    })
  })

/** Every pair of these purposes and these categories: what ticking the banner's two lists grants. */
export const product = (purposes: readonly Purpose[], categories: readonly Category[]): Pairs => {
  let pairs = 0
  each((purpose, category, bit) => {
    if (purposes.includes(purpose) && categories.includes(category)) pairs |= bit
  })
  return pairs as Pairs
}

export const holds = (pairs: Pairs, purpose: Purpose, category: Category): boolean =>
  (pairs & product([purpose], [category])) !== 0

/** A category is captured if any granted pair holds it. */
export const captures = (pairs: Pairs, category: Category): boolean => (pairs & product(PURPOSES, [category])) !== 0

/** A segmentation serves a purpose only if every category its features use is granted for that purpose. */
export const serves = (pairs: Pairs, purpose: Purpose, categories: readonly Category[]): boolean =>
  categories.every(category => holds(pairs, purpose, category))

/** Only what both grant: the stricter of two. */
export const both = (a: Pairs, b: Pairs): Pairs => (a & b) as Pairs

export const grantsOf = (pairs: Pairs): Grants => {
  const grants: { [P in Purpose]?: Category[] } = {}
  each((purpose, category, bit) => {
    if (pairs & bit) grants[purpose] = [...(grants[purpose] ?? []), category]
  })
  return grants
}

/** Reads grants back; what is not understood is denied. */
export const pairsOf = (grants: unknown): Pairs => {
  let pairs = 0
  each((purpose, category, bit) => {
    const categories = (grants as Grants | null)?.[purpose]
    if (Array.isArray(categories) && categories.includes(category)) pairs |= bit
  })
  return pairs as Pairs
}
