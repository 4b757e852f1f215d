/** Where nothing is painted: for the one script that has room for neither a list nor a loop. */

import type { PagePattern } from './config.ts'
import { escaped } from './page.ts'
import sensitive from './sensitive.json' with { type: 'json' }

/** Where a path or a route ends in an address. */
const END = '(?![^?#])'

/** A search may stand between a path and the route behind `#`. Of three pieces the last is not looked for: that could freeze a page. */
const reaching = (path: string): string => {
  const [head, ...pieces] = path.split(/\*+/).map(piece => escaped(piece).replace('#', '(?:\\?[^#]*)?#'))
  const [next, last] = pieces
  if (next === undefined) return head + END
  return head + (next && `.*${next}${last === undefined ? END : ''}`)
}

/**
 * The source of a regular expression, for what `<html>` calls the page with the page's address right behind it. It fits all that is
 * off or sensitive, and errs on that side: what it leaves unpainted, the loader shows a moment later, which knows every pattern.
 */
export const unpaintedOn = (pages: readonly PagePattern[]): string => {
  const paths = pages.flatMap(({ path, kind }) => (kind === 'sensitive' ? reaching(path) : []))
  const words = `(?:[^?#]*|[^#]*#!?(?=/)[^?]*)[/._-](?:${Object.values(sensitive).join('|')})`
  return `^off|^sen|^[^/]*//[^/]*(?:${[words, ...paths].join('|')})`
}
