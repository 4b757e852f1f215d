/** The extension's words: those that it says, without their names, packed (`extension/words/pack.ts`). */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { pack } from '../../extension/words/pack.ts'
import { root } from './root.ts'

const ASKED = /^(.*)\?packed$/
const ENGLISH_VIEWS = join(root, 'view/locales/en.json')

/** Words of the views that only a site's own centre says. */
const ELSEWHERE = [
  ...['centre-close', 'centre-reading', 'centre-slow', 'centre-unread', 'centre-unread-why', 'centre-open', 'signal'],
  ...['centre-refused-why', 'centre-choices', 'centre-withdraw', 'centre-forget'],
]

const read = (folder: string, language: string): { [name: string]: string } => {
  const words = JSON.parse(readFileSync(join(root, folder, 'locales', `${language}.json`), 'utf8'))
  if (folder === 'view') for (const name of ELSEWHERE) delete words[name]
  return words
}

/** In English's order, the views' and the extension's, and last what English has no name for. */
const textOf = (language: string): string => {
  const inOrder = (folder: string): string[] => {
    const words = read(folder, language)
    // A language without that plural form never asks for it.
    return Object.entries(read(folder, 'en')).map(([name, text]) => words[name] ?? text)
  }
  const english = read('view', 'en')
  const others = Object.entries(read('view', language)).filter(([name]) => !(name in english))
  return [...inOrder('view'), ...inOrder('extension'), ...others.map(([name, text]) => `${name}=${text}`)].join('\n')
}

const textsOf = (languages: readonly string[]) => Object.fromEntries(languages.map(each => [each, textOf(each)]))

/** For `?packed` after a file of languages: all of them in one file, as each costs bytes of its own. */
export const packedWords = (): Plugin => ({
  name: 'nearside:packed-words',
  load(id) {
    if (id === ENGLISH_VIEWS) return { code: `export default ${JSON.stringify(read('view', 'en'))}`, moduleType: 'js' }
    const [, file] = ASKED.exec(id) ?? []
    if (!file) return undefined
    const packs = (JSON.parse(readFileSync(file, 'utf8')) as string[][]).map(each => pack(textsOf(each)))
    return { code: `export default ${JSON.stringify(packs)}`, moduleType: 'js' }
  },
  generateBundle(_, bundle) {
    const said = (name: string) =>
      Object.values(bundle).some(file => file.type === 'chunk' && file.code.includes(`"${name}"`))
    for (const name of ELSEWHERE.filter(said))
      this.error(`The extension says "${name}" now: take it off the list of what is said elsewhere.`)
  },
})
