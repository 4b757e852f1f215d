/** The boundary between a page and its worker. The page calls, the worker answers with an update; nothing else crosses. */

import type { AccessDocument } from '../access.ts'
import type { Snapshot } from '../config.ts'
import type { Choice, Decision } from '../decision.ts'
import type { Batch, WaitingTicket } from '../standing.ts'

/** What changed; the page shows it and remembers it for the next first paint. */
export interface Update {
  /** The latest segments by segmentation; only those that may be used for personalization. Absent where nothing changed. */
  readonly segments?: { readonly [segmentation: string]: string }
  /** Batches that are on disk now, or were before: they need not be kept any longer. */
  readonly acknowledged?: readonly { readonly page: number; readonly n: number }[]
  /** What the collector is to forget, since measurement was taken back. */
  readonly tickets?: readonly WaitingTicket[]
  /** What the page may keep of the config for its next start. */
  readonly needs?: Snapshot
  /** Another tab or the extension has decided or deleted since: read the decision again before anything else. */
  readonly outdated?: true
  /** Why nothing can be done here: a sentence for the console. */
  readonly problem?: string
}

/** The config as it was served, and where. */
export interface ConfigFile {
  readonly json: string
  readonly url: string
}

export interface Opening {
  readonly config: ConfigFile
  readonly decision: Decision
  /** What was chosen and how, where it was just now. */
  readonly choice?: Choice | undefined
  readonly tail: readonly Batch[]
  /** The browser's opt-out signal, as the page sees it: what an extension says is said in pages alone. */
  readonly optedOut?: boolean | undefined
  /** Milliseconds since 1970 by the page's clock; every call carries it. */
  readonly now: number
}

/** What became of signals that the site gave. */
export interface Hydration {
  readonly kept: number
  /** Known by their ids already. */
  readonly known: number
  /** What was not taken: where it stood, and why. */
  readonly refused: readonly string[]
}

/** What became of a right that a visitor used: how many signals or answers it touched, or why it was not done. */
export interface Done {
  readonly count: number
  readonly refused?: string
}

/** A report as it would be sent next. */
export interface Preview {
  readonly segmentation: string
  /** Where it would go. */
  readonly recipient: string
  /** What would be sent, byte for byte; `x` in the place of each character of what is `later`. */
  readonly body: string
  /** What is made only after a yes. */
  readonly later: readonly ('segment' | 'pseudonym' | 'token')[]
  /** Nothing would be sent for now: there is no segment to tell of, or the visitor has decided otherwise, or the browser for them. */
  readonly silent: boolean
}

/** What may be asked of the device beside its daily work, and what is answered. */
export interface Answers {
  readonly exportData: AccessDocument
  readonly hydrate: Hydration
  readonly correct: Done
  readonly erase: Done
  readonly previewReport: readonly Preview[]
}

/** What the worker exposes. Each call answers once; `watch` is called with what happens between calls. */
export interface Device {
  open(opening: Opening, watch: (update: Update) => void): Promise<Update>
  ingest(batch: Batch, now: number): Promise<Update>
  decide(decision: Decision, choice: Choice, now: number): Promise<Update>
  /** Uses a right, or gives a customer's past: told apart by name. */
  ask<V extends keyof Answers>(verb: V, given: unknown, now: number): Promise<Update & { readonly answer: Answers[V] }>
  /** Somebody else has set something right, or deleted: tells through `watch` what holds now. */
  reread(): Promise<void>
  /** Derives tickets for what the collector holds, then removes everything. Needs no `open` before it. */
  erase(now: number): Promise<readonly WaitingTicket[]>
  /** Posts tickets one by one, spread in time; calls back as each is answered. */
  send(tickets: readonly WaitingTicket[], now: number, answered: (ticket: WaitingTicket) => void): Promise<void>
}
