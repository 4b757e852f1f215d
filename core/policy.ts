/** How the site asks, where it does not leave all of it to our own banner: who else is heard, what holds where, who is told. */

import { CATEGORIES, type Pairs, PURPOSES, type Purpose, product } from './consent.ts'
import { list, mapOf, object, oneOf, optional, text } from './parse.ts'

/** Consent managers whose word is taken in the place of our banner's. */
export const CMPS = ['tcf', 'gpp', 'onetrust', 'cookiebot', 'consent-mode'] as const
export type Cmp = (typeof CMPS)[number]

/** Google's consent types that follow from a purpose; `security_storage` is none of ours. */
export const CONSENT_TYPES = [
  'ad_storage',
  'ad_user_data',
  'ad_personalization',
  'analytics_storage',
  'functionality_storage',
  'personalization_storage',
] as const
export type ConsentType = (typeof CONSENT_TYPES)[number]

/** What the site's other tools keep for a purpose, and what is removed when it is taken back. A name may end in `*`. */
export interface Clearing {
  readonly purpose: Purpose
  readonly cookies?: readonly string[]
  /** In `localStorage` and `sessionStorage`. */
  readonly storage?: readonly string[]
  /** Of the cookies, where they are not the host's own. */
  readonly domain?: string
  readonly path?: string
}

export interface Policy {
  /** Whose word is taken: our own banner then never shows. */
  readonly source?: Cmp
  /** By purpose, or by pair (`measurement.shopping`): what the source must have granted, all of it, in its own words. */
  readonly mapping?: { readonly [pair: string]: readonly string[] }
  /** By region (`us`, `us-ca`): the purposes that hold there until the visitor objects. Everywhere else nobody is taken to have agreed. */
  readonly optOut?: { readonly [region: string]: readonly Purpose[] }
  /** Tells Google's Consent Mode, by the purpose that each of its types follows. */
  readonly consentMode?: { readonly [T in ConsentType]?: Purpose }
  /** Pushes `nearside_consent` into the `dataLayer`. */
  readonly dataLayer?: boolean
  readonly clear?: readonly Clearing[]
}

/** Printable, as cookies may be called; of other tools' words as well, those that anybody uses. */
const NAME = /^[!#-)+.-:<>-~-]+\*?$/

const names = optional(
  list(text(80, NAME, 'a name without spaces, with * at its end if it is the beginning of several,'), 1, 50),
)

export const parsePolicy = object({
  source: optional(oneOf(CMPS)),
  mapping: optional(
    mapOf(
      text(30, RegExp(`^(${PURPOSES.join('|')})(\\.(${CATEGORIES.join('|')}))?$`), 'a purpose, or purpose.category,'),
      list(text(60, /^[\w.-]+$/, 'a word of letters, digits, _ . -,'), 1, 20),
    ),
  ),
  optOut: optional(
    mapOf(
      text(6, /^[a-z]{2}(-[a-z0-9]{1,3})?$/, 'a region like us or us-ca'),
      list(oneOf(PURPOSES), 1, PURPOSES.length),
    ),
  ),
  consentMode: optional(mapOf(oneOf(CONSENT_TYPES), oneOf(PURPOSES))),
  dataLayer: optional(oneOf([true, false])),
  clear: optional(
    list(
      object({
        purpose: oneOf(PURPOSES),
        cookies: names,
        storage: names,
        domain: optional(text(100, /^\.?[a-z0-9.-]+$/, 'a domain')),
        path: optional(text(200, /^\/[!-:<-~]*$/, 'a path that starts with /')),
      }),
      0,
      50,
    ),
  ),
})

/** What counts as a yes where the config says nothing else. Each of these names a use that the visitor was told of in those words. */
const MAPPINGS: { readonly [C in Cmp]: Policy['mapping'] } = {
  tcf: {
    personalization: ['1', '5', '6'],
    measurement: ['1', '9'],
    activation: ['1', '3', '4'],
    advertising: ['1', '3', '4'],
  },
  gpp: {
    personalization: ['sale', 'ads'],
    measurement: ['sale', 'ads'],
    activation: ['sale', 'ads'],
    advertising: ['sale', 'ads'],
  },
  onetrust: { personalization: ['C0003'], measurement: ['C0002'], activation: ['C0004'], advertising: ['C0004'] },
  cookiebot: {
    personalization: ['preferences'],
    measurement: ['statistics'],
    activation: ['marketing'],
    advertising: ['marketing'],
  },
  'consent-mode': {
    personalization: ['functionality_storage', 'personalization_storage'],
    measurement: ['analytics_storage'],
    activation: ['ad_storage', 'ad_user_data', 'ad_personalization'],
    advertising: ['ad_storage', 'ad_user_data', 'ad_personalization'],
  },
}

/** The words of a source that anything follows from, in the order of their names. */
export const wordsHeard = ({ source = 'tcf', mapping }: Policy): string[] => {
  const all = Object.values({ ...MAPPINGS[source], ...mapping }).flat()
  return [...new Set(all)].sort()
}

/** The purposes that hold in a region without a yes. A country's stand for its parts, where those have none of their own. */
export const heldIn = ({ optOut = {} }: Policy, region = ''): readonly Purpose[] =>
  optOut[region] ?? optOut[region.slice(0, 2)] ?? []

/**
 * What a source's word grants of what the site offers; what it does not say is denied.
 * @param words all that it has granted, as it calls them
 * @param region where its word is that nobody objected: it then grants what holds there, and nothing else
 */
export const pairsSaid = (
  policy: Policy,
  offered: { readonly purposes: readonly Purpose[]; readonly categories: readonly (typeof CATEGORIES)[number][] },
  words: readonly string[],
  region?: string,
): Pairs => {
  const mapping = { ...MAPPINGS[policy.source ?? 'tcf'], ...policy.mapping }
  const held = region === undefined ? offered.purposes : heldIn(policy, region)
  let pairs = 0
  for (const purpose of offered.purposes.filter(it => held.includes(it)))
    for (const category of offered.categories)
      if ((mapping[`${purpose}.${category}`] ?? mapping[purpose])?.every(word => words.includes(word)))
        pairs |= product([purpose], [category])
  return pairs as Pairs
}
