/** What a site's own code may call: `window.nearside`, and what `startNearside` returns. */

import type { AccessDocument } from '../core/access.ts'
import type { Grants, Purpose } from '../core/consent.ts'

/** Why a signal was not taken. */
export type Reason = 'no-decision' | 'denied' | 'expired' | 'unneeded' | 'invalid'

export interface ConsentState {
  /** The categories granted for each purpose; empty after a refusal. */
  readonly granted: Grants
  /** The first day, `YYYY-MM-DD`, on which the visitor is asked again. */
  readonly expires: string
  readonly notice: string
}

export type Segments = { readonly [segmentation: string]: string }

/** What each event hands to its listeners. */
export interface Events {
  segments: Segments
  consent: ConsentState | null
  refused: { readonly kind: string; readonly reason: Reason }
}

export type On = <E extends keyof Events>(event: E, listener: (detail: Events[E]) => void) => () => void

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
  /** Takes a purpose back, or all of them; the refusal is kept, what it covered is deleted. */
  withdraw(purpose?: Purpose): Promise<void>
  /** Deletes everything, the decision too, and asks the collector to forget. */
  erase(): Promise<void>
}
