/** The account of a visit, printed as it happens: what was done, what was found, and what left the device, byte for byte. */

import type { Sent } from './wire.ts'

export interface Timeline {
  step(title: string): void
  note(text: string): void
  check(what: string, good: boolean, found?: unknown): void
  left(sent: Sent): void
  /** The checks that did not hold. */
  readonly failed: readonly string[]
}

const INDENT = ' '.repeat(9)

export const sizeOf = ({ body }: Sent): number => Buffer.byteLength(body)

/** @param print gets a line at a time */
export const createTimeline = (print: (line: string) => void): Timeline => {
  const began = performance.now()
  const failed: string[] = []
  const stamp = (): string => `${((performance.now() - began) / 1000).toFixed(1)} s`.padStart(7)
  return {
    failed,
    step: title => print(`\n${stamp()}  ${title}`),
    note: text => print(`${INDENT}  ${text}`),
    check: (what, good, found) => {
      if (!good) failed.push(`${what}${found === undefined ? '' : `: found ${JSON.stringify(found)}`}`)
      print(`${INDENT}${good ? '✓' : '✗'} ${good ? what : failed.at(-1)}`)
    },
    left: sent => {
      print(`${stamp()}  → left the device: ${sent.method} ${sent.url}, ${sizeOf(sent)} bytes`)
      if (sent.body) print(`${INDENT}  ${sent.body}`)
    },
  }
}
