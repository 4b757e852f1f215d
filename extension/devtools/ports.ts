/** What the parts of the DevTools build say to each other: the script in a page, the background that passes it on, the panel. */

import { integer, object, oneOf, type Parser, real, text } from '../../core/parse.ts'
import type { State } from '../../core/protocol/devtools.ts'
import type { Told } from './page/tell.ts'
import { parseState, parseTold } from './parse-told.ts'

export const PAGE_PORT = 'nearside-page'
export const PANEL_PORT = 'nearside-panel'

/** Told apart by when the document began, in ms, with its fraction. */
export type DocumentId = number

/** From a page to its panels. */
export type Said =
  /** A script is in the page, and waits to be asked. */
  | { readonly say: 'hello'; readonly doc: DocumentId; readonly origin: string }
  /** `i` counts what the document told, from 1: what comes twice is known by it. */
  | { readonly say: 'told'; readonly doc: DocumentId; readonly i: number; readonly told: Told }
  | { readonly say: 'state'; readonly doc: DocumentId; readonly state: State }

/** From a panel to its page. */
export type Ask =
  | { readonly ask: 'hello' }
  /** All that this document told after `after`, and from then on all that follows. */
  | { readonly ask: 'replay'; readonly doc: DocumentId; readonly after: number }
  | { readonly ask: 'look' }
  /** Nobody looks any more: put everything back. Said by the background alone. */
  | { readonly ask: 'stop' }

/** The first thing that a panel says to the background. */
export interface Join {
  readonly join: number
}

const count = integer(0, Number.MAX_SAFE_INTEGER)

const said = {
  hello: object({ say: oneOf(['hello']), doc: real, origin: text(300, /^https?:\/\//, 'an origin') }),
  told: object({ say: oneOf(['told']), doc: real, i: count, told: parseTold }),
  state: object({ say: oneOf(['state']), doc: real, state: parseState }),
} satisfies { [S in Said['say']]: Parser<Said> }

/** @throws ParseError */
export const parseSaid = (value: unknown): Said =>
  said[oneOf(['hello', 'told', 'state'])((value as { say?: unknown } | null)?.say, 'said.say')](value, 'said')

const asks = {
  hello: object({ ask: oneOf(['hello']) }),
  replay: object({ ask: oneOf(['replay']), doc: real, after: count }),
  look: object({ ask: oneOf(['look']) }),
  stop: object({ ask: oneOf(['stop']) }),
} satisfies { [A in Ask['ask']]: Parser<Ask> }

/** @throws ParseError */
export const parseAsk = (value: unknown): Ask =>
  asks[oneOf(['hello', 'replay', 'look', 'stop'])((value as { ask?: unknown } | null)?.ask, 'ask')](value, 'ask')

/** @throws ParseError */
export const parseJoin = (value: unknown): number => object({ join: count })(value, 'join').join
