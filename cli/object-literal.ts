/**
 * Reads the data in a JavaScript object literal without running it: a config of somebody else's is not to be executed in order to be
 * read. What is not data (functions, calls, names, spreads) is passed over, and told by where it stands.
 */

import { fault } from '../core/parse.ts'

/** A regular expression, by its source. */
export interface Pattern {
  readonly pattern: string
}
export type Data = string | number | boolean | null | Pattern | readonly Data[] | { readonly [name: string]: Data }

export interface Literal {
  readonly data: Data
  /** Where something stood that is not data: `services[0].callback`. */
  readonly passedOver: readonly string[]
}

const LONGEST = 300_000
const DEEPEST = 40
const SPACE = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y
const NAME = /[\p{L}$_][\p{L}\p{N}$_]*/uy
const NUMBER = /[-+]?(?:0[xX][\da-fA-F]+|(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)/y
const STRING = /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|`(?:[^`\\$]|\\[\s\S]|\$(?!\{))*`/y
// Bounded, as a hostile line could begin one at every character.
const REGEX = /\/((?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.){0,200}\]){1,200})\/[a-z]*/y
const ESCAPES: { readonly [char: string]: string } = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', '0': '\0' }
const CLOSED_BY: { readonly [open: string]: string } = { '(': ')', '[': ']', '{': '}' }
/** After one of these a slash begins a regular expression, elsewhere it divides. */
const BEFORE_REGEX = /[([{,;:=!&|?+*%<>~^-]\s*$|\breturn\s*$|^\s*$/

const plain = (text: string): string =>
  text.replace(/\\(?:u\{([\da-fA-F]+)\}|u([\da-fA-F]{4})|x([\da-fA-F]{2})|(\r\n|[\s\S]))/g, (_, a, b, c, char) =>
    char === undefined
      ? String.fromCodePoint(Math.min(Number.parseInt(a ?? b ?? c, 16), 0x10ffff))
      : /[\r\n]/.test(char)
        ? ''
        : (ESCAPES[char] ?? char),
  )

/** Where the config begins, by how the tools' own pages show it. */
const BEGINNINGS = [
  /\.run\s*\(/,
  /klaroConfig\s*=/,
  /\bexport\s+default/,
  /module\.exports\s*=/,
  /^\s*(?=\{)/,
  /=\s*(?=\{)/,
]

/**
 * @param place how errors name the text
 * @throws ParseError where there is no object literal, or it does not end
 */
export const readLiteral = (text: string, place: string): Literal => {
  if (text.length > LONGEST) fault(place, `${text.length} characters`, 'Give the config alone')
  const passedOver: string[] = []
  let at = 0

  const stop = (problem: string): never =>
    fault(
      `${place} line ${text.slice(0, at).split('\n').length}`,
      problem,
      'Give the tool’s config as a JavaScript object',
    )
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found) at = pattern.lastIndex
    return found
  }
  const blank = (): void => {
    match(SPACE)
    if (text.startsWith('/*', at)) stop('a comment that does not end')
  }
  const next = (char: string): boolean => {
    blank()
    if (text[at] !== char) return false
    at++
    return true
  }

  /** Passes over an expression, up to the comma or bracket that ends it. */
  const pass = (path: string): undefined => {
    passedOver.push(path)
    const open: string[] = []
    const from = at
    while (at < text.length) {
      blank()
      const char = text[at]
      if (char === undefined) break
      if (!open.length && /[,}\])]/.test(char)) return undefined
      if (match(STRING)) continue
      if (char === '"' || char === "'") return stop('a text that does not end')
      if (char === '`') {
        // A template with values in it: as far as its end, whatever is between.
        at++
        while (at < text.length && text[at] !== '`') at += text[at] === '\\' ? 2 : 1
      } else if (char === '/' && BEFORE_REGEX.test(text.slice(Math.max(from, at - 20), at)) && match(REGEX)) continue
      else if (CLOSED_BY[char]) open.push(CLOSED_BY[char] as string)
      else if (char === open.at(-1)) open.pop()
      else if (/[}\])]/.test(char)) return stop(`a ${char} too many`)
      at++
    }
    return stop('it does not end')
  }

  /** Is what was read the whole expression? */
  const ended = (): boolean => {
    blank()
    return at >= text.length || /[,}\])+;]/.test(text[at] as string)
  }

  const string = (path: string): Data | undefined => {
    let read = ''
    do {
      blank()
      const found = match(STRING)
      if (!found) return pass(path)
      read += plain(found[0].slice(1, -1))
    } while (next('+'))
    return ended() ? read : pass(path)
  }

  const list = (path: string, depth: number): Data => {
    const items: Data[] = []
    while (!next(']')) {
      if (next(',')) continue
      const item = value(`${path}[${items.length}]`, depth)
      if (item !== undefined) items.push(item)
      if (!next(',') && text[at] !== ']') stop('a list that does not go on')
    }
    return items
  }

  const key = (): string | undefined => {
    blank()
    const quoted = match(STRING)
    return quoted ? plain(quoted[0].slice(1, -1)) : (match(NAME)?.[0] ?? match(NUMBER)?.[0])
  }

  const object = (path: string, depth: number): Data => {
    // Without a prototype: `__proto__` is a name like any other.
    const fields: { [name: string]: Data } = Object.create(null)
    while (!next('}')) {
      if (next(',')) continue
      const name = key()
      const inner = path ? `${path}.${name ?? '…'}` : (name ?? '…')
      if (name !== undefined && next(':')) {
        const read = value(inner, depth)
        if (read !== undefined) fields[name] = read
      } else pass(inner)
      if (!next(',') && text[at] !== '}') stop('an object that does not go on')
    }
    return fields
  }

  const value = (path: string, depth: number): Data | undefined => {
    if (depth > DEEPEST) stop('it goes too deep')
    blank()
    const from = at
    const again = (): undefined => {
      at = from
      return pass(path)
    }
    if (next('{')) {
      const read = object(path, depth + 1)
      // The config itself may end without a semicolon.
      return !depth || ended() ? read : again()
    }
    if (next('[')) {
      const read = list(path, depth + 1)
      return ended() ? read : again()
    }
    if (/["'`]/.test(text[at] ?? '')) return string(path) ?? undefined
    const regex = match(REGEX)
    if (regex) return ended() ? { pattern: regex[1] as string } : again()
    const number = match(NUMBER)
    if (number) return ended() ? Number(number[0].replaceAll('_', '')) : again()
    const word = match(NAME)?.[0] ?? ''
    if (ended() && text[at] !== '+' && ['true', 'false', 'null'].includes(word))
      return word === 'null' ? null : word === 'true'
    return again()
  }

  const begin = BEGINNINGS.map(pattern => pattern.exec(text)).find(Boolean)
  if (!begin) return stop('no config in it')
  at = begin.index + begin[0].length
  blank()
  if (text[at] !== '{') stop('no object where the config should begin')
  return { data: value('', 0) as Data, passedOver }
}
