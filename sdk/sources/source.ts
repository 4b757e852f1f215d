/** What a source is: something the page does anyway, from which signals are made. Each is a chunk, loaded where `needs` asks for it. */

import type { Snapshot } from '../../core/config.ts'
import type { Fields } from '../capture.ts'

export type Note = (kind: string, fields?: Fields) => void

export interface SourceOptions {
  /** What the site's needs ask for: nothing else is worth a note. */
  readonly needs: Snapshot['needs']
  /** Whether the visitor had granted before this page began: only then may a source look at what the page said before now. */
  readonly past: boolean
  /** Puts what was noted on its way at once, as the page is going out of sight. */
  readonly park: () => void
}

/** Begins, until `signal` aborts; then everything of the page's is as it was. Throws nothing into the page. */
export type Source = (note: Note, signal: AbortSignal, options: SourceOptions) => void

/** A chunk of the sources' own, which lies beside them. Where it is missing that is said, and whatever needs it finds nothing. */
export const loadBeside = <T>(name: string): Promise<T> =>
  import(/* @vite-ignore */ `./nearside-source-${name}.js`).catch(console.warn)
