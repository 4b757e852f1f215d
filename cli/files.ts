/** Files in and out, with errors that name the file and the mend. */

import { createHash } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { fault } from '../core/parse.ts'

const MENDS: { readonly [code: string]: readonly [string, string] } = {
  ENOENT: ['no such file or folder', 'Check the path'],
  EACCES: ['not permitted', 'Check who owns it'],
  EPERM: ['not permitted', 'Check who owns it'],
  EISDIR: ['a folder, not a file', 'Name a file in it'],
  ENOTDIR: ['a file where a folder is named', 'Check the path'],
  ENOSPC: ['the disk is full', 'Make room'],
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

/** What a file is that is no text, by how it begins. */
const OTHERS: readonly (readonly [begins: readonly number[], what: string, mend: string])[] = [
  [[0xff, 0xfe], 'not UTF-8 text but UTF-16', 'Save it as UTF-8'],
  [[0xfe, 0xff], 'not UTF-8 text but UTF-16', 'Save it as UTF-8'],
  [[0x50, 0x4b], 'a spreadsheet or an archive', 'Export it as CSV'],
  [[0x1f, 0x8b], 'compressed', 'Unpack it first'],
]
const NEW_LINE = 10

/** The line in which the first byte stands that is no UTF-8. */
const brokenLine = (bytes: Uint8Array): number => {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let line = 1
  for (let from = 0; from < bytes.length; line++) {
    const end = bytes.indexOf(NEW_LINE, from)
    const to = end < 0 ? bytes.length : end + 1
    try {
      decoder.decode(bytes.subarray(from, to))
    } catch {
      return line
    }
    from = to
  }
  return line
}

/** UTF-8, with or without a byte order mark. @throws ParseError, with the line, where the bytes are something else */
export const decode = (bytes: Uint8Array, path: string): string => {
  const other = OTHERS.find(([begins]) => begins.every((byte, i) => bytes[i] === byte))
  if (other) return fault(path, other[1], other[2])
  const zero = bytes.indexOf(0)
  if (zero >= 0) return fault(path, `not text: byte ${zero} is zero`, 'Save it as CSV in UTF-8')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return fault(`${path} line ${brokenLine(bytes)}`, 'not UTF-8 text', 'Save it as UTF-8')
  }
}

/** @throws ParseError where the file cannot be read, or is not UTF-8 */
export const readText = (path: string): string => decode(readBytes(path), path)

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
