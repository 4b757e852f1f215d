/** The site's config, `nearside.json`: who asks, for what, and where things are. Public, and the same for every visitor. */

import { CATEGORIES, type Category, PURPOSES, type Purpose } from './consent.ts'
import { SIX_MONTHS } from './decision.ts'
import { parseBudget, parseEpsilon, shareUpTo } from './epsilon.ts'
import { type ModelSource, modelSource } from './model-source.ts'
import { type Need, parseNeeds } from './needs.ts'
import { type PageTest, pageTestOf, SENSITIVE } from './page.ts'
import { fault, integer, list, mapOf, object, oneOf, optional, parseJson, text } from './parse.ts'
import { type Policy, parsePolicy } from './policy.ts'
import { HANDED_ON, parseRecipients, type Recipient } from './recipient.ts'
import { noticeRevision, segmentationId, siteId } from './report.ts'
import { revisionOf } from './revision.ts'
import sensitive from './sensitive.json' with { type: 'json' }
import { categoryOf, PAGE_KINDS, type PageKind, WORD } from './signal.ts'

/** Sources that a site names. Those of scrolling, marked clicks and rage clicks follow from `needs` alone. */
export const LISTED_SOURCES = ['clicks', 'data-layer', 'segment', 'schema-org'] as const
export type ListedSource = (typeof LISTED_SOURCES)[number]

export interface PagePattern {
  /** A path, in which `*` stands for anything, `/` included. */
  readonly path: string
  /** `sensitive`: nothing at all is noticed there. */
  readonly kind: PageKind | 'sensitive'
}

export interface Config extends ModelSource {
  readonly v: 1
  readonly site: string
  readonly controller: {
    readonly name: string
    readonly contact: string
    readonly privacy?: string
    /** What receipts are to name: a postal address, a telephone number, and the country (or countries) whose law holds. */
    readonly address?: string
    readonly phone?: string
    readonly jurisdiction?: string
  }
  /** Public revision of the notice, computed from what bears on consent; reports and consent name it. A new one asks again. */
  readonly notice: string
  readonly categories: readonly Category[]
  readonly purposes: readonly Purpose[]
  /** Who is handed a segment beside the site itself; each has a switch of its own. */
  readonly recipients: readonly Recipient[]
  /** Days that signals of a category are kept. */
  readonly retention: { readonly [C in Category]?: number }
  /** Days until a choice, either way, is asked for again. */
  readonly askAgainAfter: number
  readonly pages: readonly PagePattern[]
  readonly needs: readonly Need[]
  /** What the page says anyway, from which signals that are needed may be made without code. */
  readonly sources: readonly ListedSource[]
  /** The site's own words, by language in lower case: they go before ours. */
  readonly words: { readonly [language: string]: { readonly [name: string]: string } }
  /** How the page may see a segment: as an attribute of `<html>`, through the api only, or not at all. */
  readonly expose: 'attribute' | 'api' | 'none'
  /** Who else is heard, what holds where, who is told: see `docs/consent-sources.md` and `docs/outwards.md`. */
  readonly consent?: Policy
  /** Share of devices, 0 to 1, that are shown nothing of their segments, so that the others can be compared with them. */
  readonly control?: number
  /** The segmentation that says what it came to, such as an order: told a week later, beside no segment. */
  readonly outcome?: string
  readonly reports?: {
    readonly url: string
    /** Upper end of the random delay before a report is sent, ms. */
    readonly maxDelay: number
    /** How long a segment must hold before it is reported, ms. */
    readonly stable: number
    /** Days that the collector keeps a pseudonymous report. */
    readonly retention: number
    /** Segmentations that are reported by randomised answers, each with its epsilon; the others are pseudonymous. */
    readonly noised?: { readonly [segmentation: string]: number }
    /** The most, in epsilon, that a device gives away by randomised answers as long as its storage lasts. */
    readonly budget?: number
    /** Each device answers one of the noised segmentations, drawn by itself. */
    readonly answerOne?: boolean
  }
}

const DEFAULT_STABLE_MS = 10_000
const DEFAULT_DELAY_MS = 60_000
const DEFAULT_RETENTION_DAYS = 30
/** Two epochs: the one that runs, and the one before until it is closed. */
export const COLLECTOR_DAYS = 14

const url = text(400, /^(https?:\/\/|\/(?!\/)|\.{1,2}\/)/, 'an address that starts with https://, / or ./')

const parseShape = object({
  v: oneOf([1]),
  site: siteId,
  controller: object({
    name: text(80),
    contact: text(120),
    privacy: optional(url),
    address: optional(text(200)),
    phone: optional(text(40)),
    jurisdiction: optional(text(40)),
  }),
  notice: noticeRevision,
  ...modelSource(url),
  categories: optional(list(oneOf(CATEGORIES), 1, CATEGORIES.length)),
  purposes: optional(list(oneOf(PURPOSES), 1, PURPOSES.length)),
  recipients: optional(parseRecipients(oneOf(PURPOSES), url)),
  retention: optional(mapOf(oneOf(CATEGORIES), integer(1, 400))),
  askAgainAfter: optional(integer(1, 400)),
  pages: optional(
    list(
      object({
        path: text(200, /^\/[^*]*(\*[^*]*){0,2}$/, 'a path that starts with /, with two * at most,'),
        kind: oneOf([...PAGE_KINDS, 'sensitive']),
      }),
      0,
      200,
    ),
  ),
  needs: parseNeeds,
  sources: optional(list(oneOf(LISTED_SOURCES), 0, LISTED_SOURCES.length)),
  words: optional(mapOf(text(12, /^[a-z-]+$/, 'a language in lower case'), mapOf(text(40, WORD), text(600)))),
  expose: optional(oneOf(['attribute', 'api', 'none'])),
  consent: optional(parsePolicy),
  control: optional(shareUpTo(0.5)),
  outcome: optional(segmentationId),
  reports: optional(
    object({
      url,
      maxDelay: optional(integer(0, 86_400_000)),
      stable: optional(integer(0, 86_400_000)),
      retention: optional(integer(7, 400)),
      noised: optional(mapOf(segmentationId, parseEpsilon)),
      budget: optional(parseBudget),
      answerOne: optional(oneOf([true, false])),
    }),
  ),
})

/** Who is asked to let a segment be handed on is told to whom, and nobody is named for what is not asked. */
const checkRecipients = ({ purposes, recipients }: Pick<Config, 'purposes' | 'recipients'>, place: string): void => {
  const odd = recipients.findIndex(({ purpose }) => !purposes.includes(purpose))
  if (odd >= 0) fault(`${place}.recipients[${odd}].purpose`, 'not among the purposes', 'Add it there, or leave it out')
  const nobody = HANDED_ON.find(
    purpose => purposes.includes(purpose) && !recipients.some(each => each.purpose === purpose),
  )
  if (nobody)
    fault(`${place}.recipients`, `${nobody} is asked for, and nobody is named`, 'Name a recipient, or leave it out')
}

/**
 * Reads a config whose `notice` may be another one's: what is kept from earlier, and what is only being written. Defaults are
 * filled in.
 * @throws ParseError
 */
export const parseDraft = (json: string, place = 'nearside.json'): Config => {
  const { reports, categories, ...given } = parseShape(parseJson(json, place), place)
  const wanted = CATEGORIES.filter(category => given.needs.some(need => categoryOf(need.kind) === category))
  const offered = categories ?? wanted
  const missing = wanted.find(category => !offered.includes(category))
  if (missing) fault(`${place}.categories`, `needs asks for ${missing}`, `Add ${missing}, or train a model without it`)
  const isCounted = reports || given.recipients?.some(({ purpose }) => purpose === 'measurement')
  if (!isCounted && given.purposes?.includes('measurement')) {
    fault(
      `${place}.purposes`,
      'measurement is asked for, and there is nowhere to report to',
      'Add reports or a recipient, or leave it out',
    )
  }
  const config: Config = {
    purposes: reports ? (['personalization', 'measurement'] as const) : (['personalization'] as const),
    recipients: [],
    askAgainAfter: SIX_MONTHS,
    pages: [],
    sources: [],
    words: {},
    expose: 'attribute',
    ...given,
    categories: offered,
    retention: {
      ...Object.fromEntries(offered.map(category => [category, DEFAULT_RETENTION_DAYS])),
      ...given.retention,
    },
    ...(reports
      ? { reports: { maxDelay: DEFAULT_DELAY_MS, stable: DEFAULT_STABLE_MS, retention: COLLECTOR_DAYS, ...reports } }
      : {}),
  }
  checkRecipients(config, place)
  return config
}

/**
 * Reads a config from its JSON text; defaults are filled in. What bears on consent cannot change under an old revision.
 * @throws ParseError
 */
export const parseConfig = (json: string, place = 'nearside.json'): Config => {
  const config = parseDraft(json, place)
  const revision = revisionOf(config)
  if (config.notice !== revision) {
    fault(
      `${place}.notice`,
      `found ${config.notice}, but what it asks for is ${revision}`,
      `Write "notice": "${revision}", or run nearside revise; visitors are then asked again`,
    )
  }
  return config
}

/** The same with the notice that is due. @throws ParseError where anything else is wrong */
export const revised = <T extends object>(given: T, place?: string): T & { readonly notice: string } => ({
  ...given,
  notice: revisionOf(parseDraft(JSON.stringify({ ...given, notice: 'draft' }), place)),
})

/** What the page itself needs of a config, as it stands in the key: capture begins with it, before anything is fetched. */
export interface Snapshot {
  readonly needs: readonly (Pick<Need, 'kind' | 'fields' | 'words'> & { readonly category: Category })[]
  readonly pages: readonly PageTest[]
  /** The pages on which nothing is painted, made by the worker. Short, as all is that `nearside-paint.js` reads. */
  readonly no?: string
  /** What is loaded to note signals from what the page does anyway. */
  readonly sources: readonly string[]
  readonly expose: Config['expose']
  /** Days that a choice holds. */
  readonly days: number
}

/** Which source notes a kind that nothing else can. */
const OWN_SOURCES: { readonly [kind: string]: string } = { scroll_depth: 'scroll', click: 'clicks', rage_click: 'rage' }

/** A kind that listed sources can supply. */
const isShop = ({ kind }: Need): boolean => kind === 'search' || categoryOf(kind) === 'shopping'

export const snapshotOf = (config: Config): Snapshot => ({
  needs: config.needs.map(({ features: _why, ...need }) => ({ ...need, category: categoryOf(need.kind) })),
  // Before all else: a site may refuse more, never less.
  pages: [{ test: `[/._-](${Object.values(sensitive).join('|')})`, kind: SENSITIVE }, ...config.pages.map(pageTestOf)],
  sources: [
    ...new Set([
      ...config.needs.flatMap(({ kind }) => OWN_SOURCES[kind] ?? []),
      ...config.sources.filter(name =>
        config.needs.some(it => isShop(it) && (name !== 'schema-org' || it.kind === 'view_item')),
      ),
    ]),
  ],
  expose: config.expose,
  days: config.askAgainAfter,
})
