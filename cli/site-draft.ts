/** What a site begins with: its config, the tag for its pages, and what it says of Global Privacy Control. Pure: answers to texts. */

import { revised } from '../core/config.ts'
import { type Need, needsOf } from '../core/needs.ts'
import { parseModel } from '../core/parse-model.ts'
import { printJson } from '../trainer/print.ts'

export interface Answers {
  /** Who asks, as visitors read it. */
  readonly name: string
  /** The site's id at its collector. */
  readonly site: string
  readonly contact: string
  readonly privacy?: string | undefined
  readonly address?: string | undefined
  readonly jurisdiction?: string | undefined
  /** The collector's address; without one nothing is counted. */
  readonly reports?: string | undefined
}

const FOLDER = '/nearside/'
const MODEL = `${FOLDER}model.json`

const present = (it: { readonly [name: string]: string | undefined }): { [name: string]: string } =>
  Object.fromEntries(Object.entries(it).flatMap(([name, value]) => (value ? [[name, value]] : [])))

/** @throws ParseError where an answer is none */
export const draftConfig = (
  { name, site, contact, privacy, address, jurisdiction, reports }: Answers,
  needs: readonly Need[],
): string =>
  `${printJson(
    revised(
      {
        v: 1,
        site,
        controller: { name, contact, ...present({ privacy, address, jurisdiction }) },
        notice: 'draft',
        model: MODEL,
        pages: [{ path: '/', kind: 'home' }],
        needs,
        ...(reports ? { reports: { url: reports } } : {}),
      },
      'nearside.json',
    ),
  )}\n`

/** What the model that is to be served asks for. @throws ParseError */
export const needsIn = (model: string, place: string): Need[] => needsOf(parseModel(model, place).features)

/** Digests by file name, as `integrity` has them. */
export type Digests = { readonly [file in (typeof TAGGED)[number]]: string }
export const TAGGED = ['nearside-paint.js', 'nearside.js'] as const

/** What goes into the head of every page. A file that is not the one it was made for does not run. */
export const tagFor = (digests: Digests): string =>
  `<script src="${FOLDER}nearside-paint.js" integrity="${digests['nearside-paint.js']}"></script>
<script async src="${FOLDER}nearside.js" integrity="${digests['nearside.js']}" data-config="/nearside.json"></script>
<link rel="modulepreload" href="${FOLDER}nearside-banner.js">
<link rel="modulepreload" href="${FOLDER}nearside-config.js">
`

/** https://w3c.github.io/gpc/#gpc-support-resource. @param today `YYYY-MM-DD` */
export const gpcSupport = (today: string): string => `${JSON.stringify({ gpc: true, lastUpdate: today })}\n`

/** An id out of a name: `Fern & Hollow Ltd.` gives `fern-hollow-ltd`. */
export const siteIdOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, 24)
    .replace(/-+$/, '') || 'site'
