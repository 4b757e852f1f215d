/** What each file of Nearside's weighs. */

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packed } from './bundle.ts'

export interface FileSize {
  readonly file: string
  readonly bytes: number
  /** As a server would send it. */
  readonly brotli: number
}

/** @param folder where they were built */
export const sizesIn = (folder: string): FileSize[] =>
  readdirSync(folder)
    .filter(file => file.endsWith('.js'))
    .sort()
    .map(file => {
      const text = readFileSync(join(folder, file))
      return { file, bytes: text.length, brotli: packed(text) }
    })
