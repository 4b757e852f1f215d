/** The words after a command, read by Node's own parser; what it does not know is wrong usage. */

import { parseArgs } from 'node:util'
import { misuse } from './io.ts'

interface Options {
  readonly [name: string]: { readonly type: 'string' | 'boolean'; readonly multiple?: true }
}

/** What the options hold; an option that was not given is absent. */
type Values<O extends Options> = {
  readonly [K in keyof O]?: O[K]['type'] extends 'boolean' ? boolean : O[K]['multiple'] extends true ? string[] : string
}

/** Where a misuse sends its reader. */
export const seeHelp = (command: string): string => `See nearside ${command} --help`

/** @throws what {@link misuse} makes, where an option is unknown or wants a value */
export const readArguments = <const O extends Options>(
  command: string,
  args: readonly string[],
  options: O,
): { readonly values: Values<O>; readonly positionals: readonly string[] } => {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
    return { values: values as Values<O>, positionals }
  } catch (error) {
    // Node's message goes on about how to pass odd positionals; its first sentence says it all.
    throw misuse((error as Error).message.split('. ')[0]?.replace(/\.$/, '') ?? 'unknown option', seeHelp(command))
  }
}

/** The value of an option that must be given. */
export const required = <T>(value: T | undefined, option: string, command: string): T => {
  if (value === undefined) throw misuse(`no ${option}`, seeHelp(command))
  return value
}

/** The whole number that an option gives; undefined where it is not given. */
export const wholeNumber = (value: string | undefined, option: string, most = 2 ** 31 - 1): number | undefined => {
  if (value === undefined) return undefined
  const number = /^\d{1,10}$/.test(value) ? Number(value) : Infinity
  if (number > most) throw misuse(`${option} ${value.slice(0, 40)}`, `Give a whole number up to ${most}`)
  return number
}
