/** One text for one JSON value, whatever the order of its fields or its spaces: what a signature is made over (after RFC 8785). */

import { fault } from './parse.ts'

/** Names are ordered by UTF-16 code units, numbers printed as ECMAScript prints them. @throws ParseError where it is not JSON */
export const canonical = (value: unknown, place = 'document'): string => {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value)
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((each, i) => canonical(each, `${place}[${i}]`)).join(',')}]`
  if (typeof value !== 'object') return fault(place, `found ${typeof value}`, 'Expected what JSON can hold')
  const fields = Object.entries(value).filter(([, each]) => each !== undefined)
  const ordered = fields.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${ordered.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each, `${place}.${name}`)}`).join(',')}}`
}
