/** Puts the languages' words beside the files that read them. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin, UserConfig } from 'vite'
import { root } from './root.ts'

export const LOCALES = join(root, 'sdk/locales')

/** Languages with words in this folder, but for English, which is inside the chunks. */
export const languagesIn = (folder: string): string[] =>
  readdirSync(folder)
    .flatMap(name => /^(.*)\.json$/.exec(name)?.[1] ?? [])
    .filter(language => language !== 'en')
    .sort()

/** Puts each language's words beside the script, as `nearside-<name>-<language>.json`. */
const withWords = (name: string, folder: string): Plugin => ({
  name: 'nearside:with-words',
  generateBundle() {
    for (const language of languagesIn(folder)) {
      const source = JSON.stringify(JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8')))
      this.emitFile({ type: 'asset', fileName: `nearside-${name}-${language}.json`, source })
    }
  },
})

export const withLocales = (config: UserConfig, name: string, folder: string): UserConfig => ({
  ...config,
  plugins: [...(config.plugins ?? []), withWords(name, folder)],
})
