/** Origins, and the match patterns that stand for them: in Firefox a pattern knows no ports, so what it matches is looked at again inside. */

import { expected, type Parser, text } from '../core/parse.ts'

const LONGEST_ORIGIN = 270

/** The origin of an address of the web; undefined for all else, as a browser's own pages and files. */
export const webOrigin = (address: string | undefined): string | undefined => {
  try {
    const { origin, protocol } = new URL(address ?? '')
    return protocol === 'https:' || protocol === 'http:' ? origin : undefined
  } catch {
    return undefined
  }
}

export const parseOrigin: Parser<string> = (value, place) => {
  const given = text(LONGEST_ORIGIN)(value, place)
  return webOrigin(given) === given ? given : expected(value, place, 'the origin of a web page')
}

/** `https://shop.example:8443` to `https://shop.example`: as much of an origin as Firefox's match patterns can say. */
export const hostOf = (origin: string): string => {
  const { protocol, hostname } = new URL(origin)
  return `${protocol}//${hostname}`
}

export const patternOf = (origin: string): string => `${hostOf(origin)}/*`

/** The port that an origin's pages have, 443 and 80 included. */
export const portOf = (origin: string): number => {
  const { port, protocol } = new URL(origin)
  return Number(port || (protocol === 'https:' ? 443 : 80))
}
