/** What the centre needs to know of the site. */

import { type Config, parseConfig } from '../../core/config.ts'
import { CATEGORIES, PURPOSES } from '../../core/consent.ts'
import type { ConfigFile } from '../../core/protocol/session.ts'
import { attempt } from '../attempt.ts'

export type SiteFacts = Pick<Config, 'needs' | 'categories' | 'purposes' | 'words'> & { readonly name: string }

/** Where its config cannot be read, what is kept can be seen and deleted all the same. */
export const siteFacts = (file: ConfigFile | undefined): SiteFacts => {
  const config = file && attempt(() => parseConfig(file.json, file.url))
  return config
    ? { ...config, name: config.controller.name }
    : { name: location.host, needs: [], categories: CATEGORIES, purposes: PURPOSES, words: {} }
}
