/** What a site's own code may call: `window.nearside`, and what `startNearside` returns. */

import type { AccessDocument } from '../core/access.ts'
import type { Grants, Purpose } from '../core/consent.ts'
import type { PersonalReason } from '../core/personal-data.ts'
import type { Hydration } from '../core/protocol/session.ts'

/** Why a signal was not taken. */
export type Reason = 'no-decision' | 'denied' | 'expired' | 'unneeded' | 'sensitive-page' | PersonalReason | 'invalid'

export interface ConsentState {
  /** The categories granted for each purpose; empty after a refusal. */
  readonly granted: Grants
  /** The first day, `YYYY-MM-DD`, on which the visitor is asked again. */
  readonly expires: string
  readonly notice: string
}

export type Segments = { readonly [segmentation: string]: string }

/** A signal of the past, as the site's own records have it. */
export interface Given {
  readonly id: string
  readonly kind: string
  readonly at: number
  readonly [field: string]: string | number
}

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
  /**
   * Gives a signed-in customer their own past orders: each with the site's own `id`, its `kind`, when it was (`at`, ms since 1970)
   * and its fields. Folded on the device, under `account` and their own category, and shown to the visitor as given by the site.
   * Ids that are known are passed over. Null where nothing is granted.
   */
  hydrate(signals: readonly Given[]): Promise<Hydration | null>
  /** Takes a purpose back, or all of them; the refusal is kept, what it covered is deleted. */
  withdraw(purpose?: Purpose): Promise<void>
  /** Deletes everything, the decision too, and asks the collector to forget. */
  erase(): Promise<void>
}
