/** Which kind of page a path is. Apart from the config's parser, so that a page need not load that. */

import type { PagePattern } from './config.ts'
import type { PageKind } from './signal.ts'

/** What a page is called on which nothing may be noticed: as a kind of page, and as the reason of a refusal. */
export const SENSITIVE = 'sensitive-page'

/** A pattern made ready to be tested: `test` is the source of a regular expression. */
export interface PageTest {
  readonly test: string
  readonly kind: PageKind | typeof SENSITIVE
}

/** As a piece of a regular expression that fits the text alone. */
export const escaped = (text: string): string => text.replace(/[\\^$.|?+()[\]{}]/g, '\\$&')

/**
 * `*` stands for anything, `/` included. Each piece between two stars is taken where it first stands, and a lookahead does not
 * try again: with `.*` alone, a long path that somebody made up could freeze the page.
 */
export const pageTestOf = ({ path, kind }: PagePattern): PageTest => {
  const [head = '', ...pieces] = path.split(/\*+/).map(escaped)
  const tail = pieces.pop()
  const middle = pieces.map((piece, i) => `(?=([^]*?${piece}))\\${i + 1}`).join('')
  return {
    test: `^${head}${tail === undefined ? '' : `${middle}[^]*${tail}`}$`,
    kind: kind === 'sensitive' ? SENSITIVE : kind,
  }
}

/** The kind of the page at `path`: the first pattern that fits decides. */
export const pageKindOf = (pages: readonly PageTest[], path: string): PageTest['kind'] =>
  pages.find(({ test }) => RegExp(test).test(path))?.kind ?? 'other'
