/** A language's words as the extension loads them: in English's order, without their names, which are a third of it. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'
import { root } from './root.ts'

const ASKED = /^(.*\/locales)\/([\w-]+)\.json\?packed$/
const VIEWS = join(root, 'view/locales')

const read = (folder: string, language: string): { [name: string]: string } =>
  JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8'))

/** What English has no name for, such as another plural form. */
const unknown = (words: { [name: string]: string }, english: object): object =>
  Object.fromEntries(Object.entries(words).filter(([name]) => !(name in english)))

/** For `?packed` after a file of words: those of the views in its language, its own, and the views' that English lacks. */
export const packedWords = (): Plugin => ({
  name: 'nearside:packed-words',
  load(id) {
    const [, folder, language] = ASKED.exec(id) ?? []
    if (!folder || !language) return undefined
    const inOrder = (of: string): string[] => {
      const words = read(of, language)
      return Object.keys(read(of, 'en')).map(name => words[name] ?? '')
    }
    const packed = [inOrder(VIEWS), inOrder(folder), unknown(read(VIEWS, language), read(VIEWS, 'en'))]
    return { code: `export default ${JSON.stringify(packed)}`, moduleType: 'js' }
  },
})
