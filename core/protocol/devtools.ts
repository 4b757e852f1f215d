/**
 * The boundary between an inspected page and the DevTools panel. The page's side tells what happens, and answers when asked what
 * stands; the panel changes nothing. Three carriers bring the same words: the extension, the page beside it, a recorded session.
 */

import type { AccessDocument } from '../access.ts'
import type { Grants } from '../consent.ts'
import type { Decision } from '../decision.ts'
import { REFUSALS } from '../refusal.ts'
import type { Signal } from '../signal.ts'

/** Why a signal was not taken. */
export const REASONS = ['no-decision', 'expired', ...REFUSALS] as const
export type Reason = (typeof REASONS)[number]

/** What a page calls of its worker. */
export const CALLS = ['open', 'ingest', 'decide', 'ask', 'erase', 'send'] as const
export type Call = (typeof CALLS)[number]

/** What a request was for. A `report` or `ticket` is told by its body; `file` is one of Nearside's static files, config and model among them. */
export const REQUESTS = ['report', 'ticket', 'file', 'page', 'other'] as const
export type RequestKind = (typeof REQUESTS)[number]

/** What was refused is not told, only its shape, by field: `email: a text of 23 characters`. */
export interface Shapes {
  readonly [field: string]: string
}

/** One request, as the browser's own network panel saw it. */
export interface Wire {
  readonly kind: RequestKind
  readonly method: string
  /** Without what follows a `?` or `#`. */
  readonly url: string
  readonly status: number
  /** Of the body that was sent. */
  readonly bytes: number
  /** The body of a report or ticket, byte for byte; of no other request. */
  readonly body?: string
  /** To another origin than the page's. */
  readonly foreign?: true
  /** Nothing was granted when it began. */
  readonly before?: true
  /** Segmentations whose latest segment is spelt out in the address or the body: others could learn it. */
  readonly carries?: readonly string[]
}

/** What happened, told by `what`. */
export type Deed =
  /** A page began. `early`: it is told from its first script on; else the panel came in the middle, and what was before is not known. */
  | { readonly what: 'load'; readonly path: string; readonly early: boolean }
  /** The page has Nearside, from here on. */
  | { readonly what: 'ready' }
  /** Admitted by the gate. Told when its batch is handed over, less than a second later; `signal.at` is when it was noted. */
  | { readonly what: 'signal'; readonly signal: Signal; readonly page: number; readonly batch: number }
  /** `given` where the site's code called `signal()`. */
  | { readonly what: 'refused'; readonly kind: string; readonly reason: Reason; readonly given?: Shapes }
  /** A call to the worker; `id` pairs it with its answer. `asked` is the right it uses; `batches` are those it carries, as page and number. */
  | {
      readonly what: 'call'
      readonly id: string
      readonly verb: Call
      readonly asked?: string
      readonly bytes: number
      readonly signals?: number
      readonly batches?: readonly (readonly [page: number, n: number])[]
    }
  /** `ms` between the call and the answer. `error` or `problem` where it failed. */
  | {
      readonly what: 'answer'
      readonly id: string
      readonly verb: Call
      readonly ms: number
      readonly bytes: number
      readonly error?: string
      readonly problem?: string
    }
  /** What holds now; null where nothing was decided. */
  | { readonly what: 'decision'; readonly granted: Grants | null; readonly expires?: string; readonly paused?: true }
  /** What the page may know of its visitor's segments. */
  | { readonly what: 'segments'; readonly segments: { readonly [segmentation: string]: string } }
  /** Heard by every tab: the `seq` of a new decision, or that all was deleted. */
  | { readonly what: 'ping'; readonly news: number | 'gone' }
  /** The browser's content security policy stopped something. */
  | { readonly what: 'blocked'; readonly directive: string; readonly url: string }
  /** A line for the console, or an error of the worker's. */
  | { readonly what: 'problem'; readonly text: string }
  | ({ readonly what: 'request' } & Wire)

export type What = Deed['what']

/** What a long day brings: of more, the oldest go first. */
export const MOST_HAPPENINGS = 50_000

/** A row of the stream. */
export type Happening = Deed & {
  /** Counts the session's happenings from 1. */
  readonly n: number
  /** Milliseconds since 1970, by the page's clock. */
  readonly at: number
  /** Counts the pages that were loaded in the session, from 1; 0 where it is not known which. */
  readonly load: number
}

/** One of Nearside's files, as the page loaded it: bytes over the wire (0 from a cache) and unpacked, and how long it took, ms. */
export interface LoadedFile {
  readonly name: string
  readonly sent: number
  readonly bytes: number
  readonly ms: number
}

/** What stands on the page's origin, at one instant. */
export interface State {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly origin: string
  readonly path: string
  /** Does the page load Nearside, or has anybody left anything of it here? */
  readonly seen: 'absent' | 'undecided' | 'refused' | 'granted' | 'leftover' | 'erased' | 'unreadable'
  /** Why what is kept cannot be read. */
  readonly unreadable?: string
  /** As it stands in its key, in force or not. */
  readonly decision: Decision | null
  /** Does the browser send its opt-out signal? */
  readonly optedOut: boolean
  readonly kept: AccessDocument | null
  /** The site's files as text: as they are kept, or else as they are served. */
  readonly config: { readonly json: string; readonly url: string } | null
  readonly model: string | null
  /** Characters in each of Nearside's keys in `localStorage`. */
  readonly keys: { readonly [key: string]: number }
  /** Bytes that the origin uses and may use, where the browser says so. */
  readonly usage: { readonly used: number; readonly quota: number } | null
  /** Signals in pages' last words, on their way to the database. */
  readonly tail: number
  readonly files: readonly LoadedFile[]
  /** The content security policy that the worker's own file came with, and that holds in it; absent where it has none. */
  readonly policy?: { readonly url: string; readonly header: string }
}

/**
 * How it is between the panel and the page. `lost`: nothing comes through for the moment; `closed`: nothing will, reopen DevTools;
 * `recorded`: there is no page, only what was recorded of one.
 */
export type Link = 'joining' | 'live' | 'lost' | 'closed' | 'recorded'

/** What a carrier tells the panel. Happenings come in order; `state` comes when asked for, and after anything that may have changed it. */
export type News =
  | { readonly news: 'happening'; readonly happening: Happening }
  | { readonly news: 'state'; readonly state: State }
  | { readonly news: 'link'; readonly link: Link }

/** One way to the page. */
export interface Carrier {
  /** Tells all that is known so far, then all that follows. @returns what ends it */
  listen(hear: (news: News) => void): () => void
  /** Asks for the state; it comes as news. */
  look(): void
  /** Loads the page anew, to be heard from its start; absent where there is no page. */
  reload?(): void
}

/** What is exported and imported: it says what it holds. */
export interface RecordedSession {
  readonly v: 1
  /** Milliseconds since 1970. */
  readonly made: number
  /** What is in it, in words for whoever is given it. */
  readonly holds: readonly string[]
  readonly happenings: readonly Happening[]
  /** States in the order of time; the last is what stood at the end. */
  readonly states: readonly State[]
}
