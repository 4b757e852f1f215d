/** Turns `unknown` into typed values. Every boundary of Nearside is crossed through a parser made of these pieces. */

/** Thrown by every `parse…`: says where the fault is, what it is, and how to mend it. Quotes little of it: 40 characters. */
export class ParseError extends Error {
  override readonly name = 'ParseError'
  constructor(
    /** Path to the fault, e.g. `nearside.json: pages[2].path`. */
    readonly place: string,
    /** What was found there. */
    readonly problem: string,
    /** What to write instead. */
    readonly mend: string,
  ) {
    super(`${place}: ${problem}. ${mend}.`)
  }
}

/** Reads `value`, found at `place`, or throws a {@link ParseError}. */
export type Parser<T> = (value: unknown, place: string) => T
export type Parsed<P> = P extends Parser<infer T> ? T : never

const LONGEST_QUOTE = 40

/** A short, safe picture of a wrong value for error messages. */
const picture = (value: unknown): string => {
  if (value === undefined) return 'nothing is there'
  if (Array.isArray(value)) return `found a list of ${value.length}`
  if (value !== null && typeof value === 'object') return 'found an object'
  const text = String(value)
  return `found ${text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text || 'an empty text'}`
}

export const fault = (place: string, problem: string, mend: string): never => {
  throw new ParseError(place, problem, mend)
}

/** Says what was found, and what was wanted. */
export const expected = (value: unknown, place: string, what: string): never =>
  fault(place, picture(value), `Expected ${what}`)

/** A whole number from `least` to `most`, both included. */
export const integer =
  (least: number, most: number): Parser<number> =>
  (value, place) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most
      ? (value as number)
      : expected(value, place, `a whole number from ${least} to ${most}`)

/** Any finite number. */
export const real: Parser<number> = (value, place) =>
  Number.isFinite(value) ? (value as number) : expected(value, place, 'a finite number')

/** A text of at most `longest` characters that matches `pattern`; `what` describes it to a person. */
export const text =
  (longest: number, pattern?: RegExp, what = 'a text'): Parser<string> =>
  (value, place) =>
    typeof value === 'string' && value.length > 0 && value.length <= longest && (!pattern || pattern.test(value))
      ? value
      : expected(value, place, `${what} of 1 to ${longest} characters`)

/** One of the listed words. */
export const oneOf =
  <const T extends string | number | boolean>(words: readonly T[]): Parser<T> =>
  (value, place) =>
    words.includes(value as T) ? (value as T) : expected(value, place, `one of ${words.join(', ')}`)

/** A list of `least` to `most` items. */
export const list =
  <T>(item: Parser<T>, least = 0, most = 1000): Parser<T[]> =>
  (value, place) =>
    Array.isArray(value) && value.length >= least && value.length <= most
      ? value.map((each, index) => item(each, `${place}[${index}]`))
      : expected(value, place, `a list of ${least} to ${most} items`)

/** Refuses a name that stands twice. */
export const unique = (names: readonly string[], place: string): void => {
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice) fault(place, `${twice} stands twice`, 'Give each its own')
}

/** Leaves the field out where it is absent. */
export const optional =
  <T>(parser: Parser<T>): Parser<T | undefined> =>
  (value, place) =>
    value === undefined ? undefined : parser(value, place)

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

type Fields<T> = { [K in keyof T]-?: Parser<T[K]> }
type Shape<F> = { [K in keyof F as undefined extends Parsed<F[K]> ? never : K]: Parsed<F[K]> } & {
  [K in keyof F as undefined extends Parsed<F[K]> ? K : never]?: Exclude<Parsed<F[K]>, undefined>
}

/** An object of exactly these fields. A field that is not known is refused: a misspelt setting must not pass unseen. */
export const object =
  <F extends Fields<Record<string, unknown>>>(fields: F): Parser<Shape<F>> =>
  (value, place) => {
    if (!isObject(value)) return expected(value, place, 'an object')
    for (const name of Object.keys(value)) {
      if (!Object.hasOwn(fields, name)) {
        fault(
          `${place}.${name.slice(0, LONGEST_QUOTE)}`,
          'no such field',
          `Known here: ${Object.keys(fields).join(', ')}`,
        )
      }
    }
    const made: Record<string, unknown> = {}
    for (const name of Object.keys(fields)) {
      const read = fields[name]?.(value[name], `${place}.${name}`)
      if (read !== undefined) made[name] = read
    }
    return made as Shape<F>
  }

type MapOf<K extends string, T> = string extends K ? { [name: string]: T } : { [name in K]?: T }

/** An object whose keys are free but checked by `key`, e.g. days by category. */
export const mapOf =
  <K extends string, T>(key: Parser<K>, item: Parser<T>, most = 64): Parser<MapOf<K, T>> =>
  (value, place) => {
    if (!isObject(value) || Object.keys(value).length > most)
      return expected(value, place, `an object of at most ${most} fields`)
    const made: { [name: string]: T } = {}
    for (const name of Object.keys(value))
      made[key(name, `${place} (a name in it)`)] = item(value[name], `${place}.${name}`)
    return made as MapOf<K, T>
  }

/** Reads JSON text; a syntax error is reported at `place`. */
export const parseJson = (json: string, place: string): unknown => {
  try {
    return JSON.parse(json)
  } catch (error) {
    return fault(
      place,
      `not valid JSON (${(error as Error).message.slice(0, 80)})`,
      'Check commas, quotes and brackets',
    )
  }
}
