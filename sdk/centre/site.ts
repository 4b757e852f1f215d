/** What the centre needs to know of the site. */

import type { Config } from '../../core/config.ts'
import { CATEGORIES, PURPOSES } from '../../core/consent.ts'
import type { ConfigFile } from '../../core/protocol/session.ts'
import type * as Configs from '../config.entry.ts'

export interface SiteFacts extends Pick<Config, 'needs' | 'categories' | 'purposes' | 'words'> {
  readonly name: string
  /** All of it; absent where it could not be had or is faulty. */
  readonly config?: Config
}

/** Read by the chunk that the banner reads it with. */
const read = async ({ json, url }: ConfigFile): Promise<Config> => {
  // A variable: bundlers take a text in its place for a file of their own to look for.
  const base = import.meta.url
  const { parseConfig }: typeof Configs = await import(/* @vite-ignore */ new URL('nearside-config.js', base).href)
  return parseConfig(json, url)
}

/** Where its config cannot be read, what is kept can be seen and deleted all the same. */
export const siteFacts = async (file: ConfigFile | undefined): Promise<SiteFacts> => {
  const config = file && (await read(file).catch(() => undefined))
  return config
    ? { ...config, config, name: config.controller.name }
    : { name: location.host, needs: [], categories: CATEGORIES, purposes: PURPOSES, words: {} }
}
