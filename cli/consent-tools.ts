/** What the configs of other consent tools say, in our words. Pure. */

import { PURPOSES, type Purpose } from '../core/consent.ts'
import type { Data, Pattern } from './object-literal.ts'

export interface Cookie {
  /** A name, or with `*` at its end the beginning of one. */
  readonly name: string
  readonly path?: string
  readonly domain?: string
}

/** A service, or a category without services: what had a switch of its own. */
export interface Switch {
  /** As scripts on the page name it. */
  readonly id: string
  readonly title: string
  /** The categories or purposes it stood under. */
  readonly under: readonly string[]
  /** Ran whatever the visitor said. */
  readonly required: boolean
  readonly ticked: boolean
  readonly cookies: readonly Cookie[]
}

export interface Found {
  readonly privacy?: string
  /** Days that an answer was kept. */
  readonly days: number
  readonly switches: readonly Switch[]
  /** What the tool did that is not done here, or has to be done by hand. */
  readonly told: readonly string[]
}

type Fields = { readonly [name: string]: Data | undefined }

const isFields = (it: Data | undefined): it is Fields & { readonly [name: string]: Data } =>
  typeof it === 'object' && it !== null && !Array.isArray(it) && !isPattern(it)
const isPattern = (it: Data | undefined): it is Pattern =>
  typeof it === 'object' &&
  it !== null &&
  'pattern' in it &&
  Object.keys(it).length === 1 &&
  typeof it.pattern === 'string'
const fieldsOf = (it: Data | undefined): Fields => (isFields(it) ? it : {})
const listOf = (it: Data | undefined): readonly Data[] => (Array.isArray(it) ? it : [])
const textOf = (it: Data | undefined): string | undefined => (typeof it === 'string' && it ? it : undefined)
const textsIn = (it: Data | undefined): string[] => listOf(it).flatMap(each => textOf(each) ?? [])

/** `^_ga` and `^_pk_.*$` are the beginning of a name; anything less plain is told instead. */
const cookieName = (it: Data | undefined): string | undefined => {
  if (!isPattern(it)) return textOf(it)
  const [, start, rest] = /^\^((?:[\w-]|\\[.$-])+)(\.\*)?\$?$/.exec(it.pattern) ?? []
  if (start === undefined) return undefined
  return `${start.replaceAll('\\', '')}${it.pattern.endsWith('$') && !rest ? '' : '*'}`
}

/** Names that a config of ours takes. */
const PLAIN = /^[\w.$-]{1,79}\*?$/

const cookieOf = (name: Data | undefined, path: Data | undefined, domain: Data | undefined): Cookie[] => {
  const read = cookieName(name)
  const [inPath, inDomain] = [textOf(path), textOf(domain)?.toLowerCase()]
  const plain = read && PLAIN.test(read) && /^(\/[\w./-]*)?$/.test(inPath ?? '') && /^[a-z0-9.-]*$/.test(inDomain ?? '')
  return plain ? [{ name: read, ...(inPath ? { path: inPath } : {}), ...(inDomain ? { domain: inDomain } : {}) }] : []
}

/** Klaro lists names, patterns, and `[name, path, domain]`. */
const klaroCookies = (it: Data | undefined): Cookie[] =>
  listOf(it).flatMap(each => (Array.isArray(each) ? cookieOf(each[0], each[1], each[2]) : cookieOf(each, '', '')))

const klaroPrivacy = ({ privacyPolicy, translations }: Fields): string | undefined => {
  const { zz, ...languages } = fieldsOf(translations)
  const named = [fieldsOf(zz), ...Object.values(languages).map(fieldsOf)].map(it => textOf(it.privacyPolicyUrl))
  return textOf(privacyPolicy) ?? textOf(fieldsOf(privacyPolicy).default) ?? named.find(Boolean)
}

const DEFAULT_KLARO_DAYS = 120
const DEFAULT_VANILLA_DAYS = 182

/** https://klaro.org/docs/integration/annotated-configuration */
export const fromKlaro = (config: Fields): Found => {
  const privacy = klaroPrivacy(config)
  // Called apps before version 0.7.
  const services = listOf(config.services ?? config.apps).map(fieldsOf)
  const switches = services.flatMap((it): Switch[] => {
    const id = textOf(it.name)
    if (!id) return []
    return [
      {
        id,
        title: textOf(it.title) ?? id,
        under: textsIn(it.purposes),
        required: it.required === true,
        ticked: (it.default ?? config.default) === true || it.optOut === true,
        cookies: klaroCookies(it.cookies),
      },
    ]
  })
  const lost = services.flatMap(it => listOf(it.cookies)).length - switches.flatMap(it => it.cookies).length
  return {
    ...(privacy ? { privacy } : {}),
    days: typeof config.cookieExpiresAfterDays === 'number' ? config.cookieExpiresAfterDays : DEFAULT_KLARO_DAYS,
    switches,
    told: [
      ...(config.hideDeclineAll === true
        ? ['The button that declines all was hidden; here it always stands beside the other.']
        : []),
      ...(config.mustConsent === true || config.noticeAsModal === true
        ? ['The page could not be used before an answer; here it can.']
        : []),
      ...(lost > 0
        ? [`${lost} cookies are named by a pattern that is more than the beginning of a name: list them by hand.`]
        : []),
    ],
  }
}

const vanillaCookies = (autoClear: Data | undefined, service?: Data): Cookie[] =>
  [...listOf(fieldsOf(autoClear).cookies), ...listOf(service)]
    .map(fieldsOf)
    .flatMap(({ name, path, domain }) => cookieOf(name, path, domain))

/** The address that the footer of the first layer links to, where it looks like a privacy notice's. */
const vanillaPrivacy = ({ language }: Fields): string | undefined =>
  Object.values(fieldsOf(fieldsOf(language).translations))
    .map(it => textOf(fieldsOf(fieldsOf(it).consentModal).footer) ?? '')
    .flatMap(footer => [...footer.matchAll(/href\s*=\s*["']([^"']*(?:priv|datenschutz)[^"']*)["']/gi)])
    .map(([, address]) => address)
    .find(Boolean)

/** https://cookieconsent.orestbida.com/reference/configuration-reference.html */
export const fromVanilla = (config: Fields): Found => {
  const privacy = vanillaPrivacy(config)
  const days = fieldsOf(config.cookie).expiresAfterDays
  const switches = Object.entries(fieldsOf(config.categories)).flatMap(([category, given]): Switch[] => {
    const { readOnly, enabled, services, autoClear } = fieldsOf(given)
    const shared = { under: [category], required: readOnly === true, ticked: enabled === true }
    const named = Object.entries(fieldsOf(services)).map(([id, it]) => ({
      ...shared,
      id,
      title: (textOf(fieldsOf(it).label) ?? id).replace(/<[^>]*>/g, ''),
      cookies: vanillaCookies(undefined, fieldsOf(it).cookies),
    }))
    const cookies = vanillaCookies(autoClear)
    if (!named.length) return [{ ...shared, id: category, title: category, cookies }]
    // What the whole category cleared goes with its first service.
    return named.map((it, i) => (i ? it : { ...it, cookies: [...it.cookies, ...cookies] }))
  })
  const modals = Object.values(fieldsOf(fieldsOf(config.language).translations)).map(it =>
    fieldsOf(fieldsOf(it).consentModal),
  )
  return {
    ...(privacy ? { privacy } : {}),
    days: typeof days === 'number' ? days : DEFAULT_VANILLA_DAYS,
    switches,
    told: [
      ...(config.mode === 'opt-out'
        ? ['It ran everything before an answer (opt-out); here nothing runs before a yes.']
        : []),
      ...(config.disablePageInteraction === true ? ['The page could not be used before an answer; here it can.'] : []),
      ...(modals.some(it => 'title' in it && !('acceptNecessaryBtn' in it))
        ? ['Its first layer had no button to reject; here it has.']
        : []),
    ],
  }
}

/** What a category is usually called, and what it is here. What had a switch is not taken for needless, whatever it was called. */
const USUAL: readonly (readonly [RegExp, Purpose])[] = [
  [/analy|statist|perform|measure|metric|insight/i, 'measurement'],
  [/advert|^ads?$|market|target|commercial/i, 'advertising'],
  [/personal|prefer|functional|experience|customi/i, 'personalization'],
  [/chat|social|media|video|embed|map|support|tool/i, 'activation'],
]

/** What it is here, `none` where it needs nobody's consent; undefined where its names say nothing, or different things. */
export const purposeOf = (
  { under, required }: Pick<Switch, 'under' | 'required'>,
  map: { readonly [name: string]: string },
): Purpose | 'none' | undefined => {
  if (required) return 'none'
  const usual = (name: string): string | undefined => USUAL.find(([pattern]) => pattern.test(name))?.[1]
  const said = new Set(under.flatMap(name => (Object.hasOwn(map, name) ? map[name] : usual(name)) ?? []))
  if (said.size === 1 && said.has('none')) return 'none'
  said.delete('none')
  return said.size === 1 ? PURPOSES.find(it => said.has(it)) : undefined
}
