/** Files that were dropped, as tables, by the readers of the command line. */

import { decode } from '../../cli/decode.ts'
import type { Wanted } from '../../cli/header.ts'
import { parseTable } from '../../cli/parse-table.ts'
import { fault } from '../../core/parse.ts'
import type { Table } from '../../trainer/table.ts'

/** A recipe among the files: no data file starts so and goes on for long. */
const RECIPE = /^\s*\{[\s\S]*"segmentations"\s*:/
const LONGEST_RECIPE = 200_000

const hex = (bytes: ArrayBuffer): string =>
  [...new Uint8Array(bytes)].map(byte => byte.toString(16).padStart(2, '0')).join('')

const digestOf = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  `sha256:${hex(await crypto.subtle.digest('SHA-256', bytes))}`

export interface Read {
  readonly tables: readonly Table[]
  readonly digest: string
  /** A recipe that was dropped beside them. */
  readonly recipe?: { readonly name: string; readonly text: string }
}

/** @throws ParseError where a file is broken, or there is none */
export const readFiles = async (files: readonly File[], wanted: Wanted = 'all'): Promise<Read> => {
  const tables: Table[] = []
  const digests: string[] = []
  let recipe: Read['recipe']
  for (const file of files) {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const start = file.size < LONGEST_RECIPE && file.name.endsWith('.json') ? decode(bytes, file.name) : ''
    if (RECIPE.test(start)) recipe = { name: file.name, text: start }
    else {
      tables.push(await parseTable(bytes, wanted, file.name))
      digests.push(await digestOf(bytes))
    }
  }
  const [only, ...more] = digests
  if (!only) return fault('your files', 'no data among them', 'Add a file of data: CSV, JSON lines or Parquet')
  const digest = more.length ? await digestOf(new TextEncoder().encode(digests.join('\n'))) : only
  return { tables, digest, ...(recipe ? { recipe } : {}) }
}
