// What the install pages tell a reader to paste, and a shop that has use for it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { needsOf } from '../../core/needs.ts'
import { parseModel } from '../../core/parse-model.ts'
import type { Signal } from '../../core/signal.ts'
import { api, type SdkSite, shopModel, startSdkSite } from '../harness/sdk-site.ts'
import { modelNeeding } from '../harness/source-page.ts'

const folder = join(import.meta.dirname, '../../docs/install')

export const read = (name: string): string => readFileSync(join(folder, name), 'utf8')

/** The fenced pieces of a language, in order. */
export const blocks = (name: string, language: string): string[] =>
  [...read(name).matchAll(/```(\w+)\n([\s\S]*?)```/g)]
    .filter(([, tag]) => tag === language)
    .map(([, , body]) => body as string)

const AMOUNTS: readonly string[] = ['add_to_cart', 'purchase']
/** Needs that keep amounts as well, so that a test can see what was told. */
const needs = needsOf(parseModel(shopModel).features).map(need =>
  AMOUNTS.includes(need.kind) ? { ...need, fields: ['currency', 'quantity', 'value'] } : need,
)

export const startShop = (config: { readonly [field: string]: unknown } = {}): Promise<SdkSite> =>
  startSdkSite({
    config: {
      reports: undefined,
      categories: ['browsing', 'shopping', 'account'],
      sources: ['clicks'],
      needs,
      ...config,
    },
    model: modelNeeding(needs.filter(({ kind }) => AMOUNTS.includes(kind))),
  })

/** What the device holds, of these kinds. */
export const noted = async (page: Page, ...kinds: string[]): Promise<Partial<Signal>[]> =>
  ((await api(page, nearside => nearside.exportData()))?.signals ?? []).filter(({ kind }) => kinds.includes(kind))
