/** What a site's own code may call: `window.nearside`, and what `startNearside` returns. */

import type { AccessDocument } from '../core/access.ts'
import type { Category, Grants, Purpose } from '../core/consent.ts'
import type { Correction } from '../core/correction.ts'
import type { Done, Hydration, Preview } from '../core/protocol/session.ts'
import type { Refusal } from '../core/refusal.ts'

/** Why a signal was not taken. */
export type Reason = 'no-decision' | 'expired' | Refusal

export interface ConsentState {
  /** The categories granted for each purpose; empty after a refusal. */
  readonly granted: Grants
  /** The first day, `YYYY-MM-DD`, on which the visitor is asked again. */
  readonly expires: string
  readonly notice: string
  /** Who may receive what is granted for their purpose, by name. */
  readonly recipients?: readonly string[] | undefined
  /** What is granted is left alone for now, at the visitor's wish. */
  readonly paused?: boolean | undefined
}

export type Segments = { readonly [segmentation: string]: string }

/** A signal of the past, as the site's own records have it. */
export interface Given {
  readonly id: string
  readonly kind: string
  readonly at: number
  readonly [field: string]: string | number
}

/** Part of what is kept. */
export interface Scope {
  /** What the site gave of an account is in `account`, whatever its kind. */
  readonly category?: Category
  /** Milliseconds since 1970, both included. */
  readonly from?: number
  readonly to?: number
}

/** What each event hands to its listeners. */
export interface Events {
  segments: Segments
  consent: ConsentState | null
  refused: { readonly kind: string; readonly reason: Reason }
}

export type On = <E extends keyof Events>(event: E, listener: (detail: Events[E]) => void) => () => void

export interface Options {
  /** Address of the site's `nearside.json`, on the page's own origin. */
  readonly config: string
  /** Absolute address of any file beside the other Nearside files, on the page's own origin. */
  readonly base: string
}

export interface Nearside {
  /** Notes a signal. What may not be noted is refused with a reason (`on('refused')`) and never kept. */
  signal(kind: string, fields?: { readonly [field: string]: string | number }): void
  /** The visitor's segment ids by segmentation, as far as the site may see them. */
  segments(): Segments
  /** Listens to changes from now on; `segments()` and `consent()` tell what is. Returns what ends it. */
  on: On
  /** The decision in force; null where none was taken. */
  consent(): ConsentState | null
  /** Opens the visitor's choices. */
  openPrivacyCenter(): Promise<void>
  /** Everything that is kept on this device about the visitor; null where nothing is. */
  exportData(): Promise<AccessDocument | null>
  /**
   * Gives a signed-in customer their own past orders: each with the site's own `id`, its `kind`, when it was (`at`, ms since 1970)
   * and its fields. Folded on the device, under `account` and their own category, and shown to the visitor as given by the site.
   * Ids that are known are passed over. Null where nothing is granted.
   */
  hydrate(signals: readonly Given[]): Promise<Hydration | null>
  /**
   * Sets right what the visitor says is wrong: a signal changed or removed, a segment chosen, ruled out, or computed again. Null where
   * nothing is kept; what cannot be done is said in `refused`.
   */
  correct(correction: Correction): Promise<Done | null>
  /** Takes a purpose back, or all of them; the refusal is kept, what it covered is deleted. */
  withdraw(purpose?: Purpose): Promise<void>
  /**
   * Deletes everything, the decision too, and asks the collector to forget. With a scope, only signals of a category, or of a
   * stretch of time, and what was worked out from them; null where nothing is kept.
   */
  erase(scope?: undefined): Promise<void>
  erase(scope: Scope): Promise<Done | null>
  /**
   * Every report as it would be sent next, byte for byte. Before a yes in its exact shape and length, with what is made only after
   * it marked; nothing is stored to make it.
   */
  previewReport(): Promise<readonly Preview[] | null>
  /** Notes and sends nothing, in any tab, until `pause(false)`. What is kept stays, and can be seen, corrected and deleted. */
  pause(paused?: boolean): Promise<void>
}
