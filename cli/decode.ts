/** Bytes to text, or what they are instead: for files that are opened, and for those that are dropped on a page. */

import { fault } from '../core/parse.ts'

/** What a file is that is no text, by how it begins. */
const OTHERS: readonly (readonly [begins: readonly number[], what: string, mend: string])[] = [
  [[0xff, 0xfe], 'not UTF-8 text but UTF-16', 'Save it as UTF-8'],
  [[0xfe, 0xff], 'not UTF-8 text but UTF-16', 'Save it as UTF-8'],
  [[0x50, 0x4b], 'a spreadsheet or an archive', 'Export it as CSV'],
  [[0x1f, 0x8b], 'compressed', 'Unpack it first'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF', 'Export the table in it as CSV'],
  [[0x3c, 0x21], 'a web page', 'Look whether the export wants you to log in'],
  [[0x3c, 0x68, 0x74, 0x6d, 0x6c], 'a web page', 'Look whether the export wants you to log in'],
  [[0x3c, 0x3f], 'XML', 'Export it as CSV'],
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

/** V8 has no longer texts. */
const LONGEST = 2 ** 29 - 25

/** UTF-8, with or without a byte order mark. @throws ParseError, with the line, where the bytes are something else */
export const decode = (bytes: Uint8Array, path: string): string => {
  const other = OTHERS.find(([begins]) => begins.every((byte, i) => bytes[i] === byte))
  if (other) return fault(path, other[1], other[2])
  if (bytes.length > LONGEST) return fault(path, 'larger than 512 MiB', 'Save it as Parquet')
  const zero = bytes.indexOf(0)
  if (zero >= 0) return fault(path, `not text: byte ${zero} is zero`, 'Save it as CSV in UTF-8')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return fault(`${path} line ${brokenLine(bytes)}`, 'not UTF-8 text', 'Save it as UTF-8')
  }
}
