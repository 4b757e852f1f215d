/** Files in and out, with errors that name the file and the mend. */

import { createHash } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fault } from '../core/parse.ts'
import { decode } from './decode.ts'
import { misuse } from './io.ts'

const MENDS: { readonly [code: string]: readonly [string, string] } = {
  ENOENT: ['no such file or folder', 'Check the path'],
  EACCES: ['not permitted', 'Check who owns it'],
  EPERM: ['not permitted', 'Check who owns it'],
  EISDIR: ['a folder, not a file', 'Name a file in it'],
  ENOTDIR: ['a file where a folder is named', 'Check the path'],
  ENOSPC: ['the disk is full', 'Make room'],
  ERR_FS_FILE_TOO_LARGE: ['larger than 2 GiB', 'Read it by a query in a .sql file: see docs/training.md'],
}

const broken = (path: string, error: unknown): never => {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown'
  const [problem, mend] = MENDS[code] ?? [`cannot be used (${code})`, 'Check the file']
  return fault(path, problem, mend)
}

/** @throws ParseError where the file cannot be read */
export const readBytes = (path: string): Uint8Array => {
  try {
    return readFileSync(path)
  } catch (error) {
    return broken(path, error)
  }
}

/** @throws ParseError where the file cannot be read, or is not UTF-8 */
export const readText = (path: string): string => decode(readBytes(path), path)

/** @throws what {@link misuse} makes where a result would be written over what it is made from */
export const keepApart = (out: string | undefined, sources: readonly string[]): void => {
  const over = out !== undefined && sources.some(path => resolve(path) === resolve(out))
  if (over) throw misuse(`${out} is the data themselves`, 'Name another file for what is written')
}

/** All of the text or nothing: a reader never sees half a file. @throws ParseError where it cannot be written */
export const writeText = (path: string, text: string): void => {
  const draft = `${path}.${process.pid}.tmp`
  try {
    writeFileSync(draft, text)
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    broken(path, error)
  }
}

/** `sha256:` and hex. */
export const digestOf = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`
