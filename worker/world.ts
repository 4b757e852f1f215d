/** The world as the device sees it: `main.ts` wires the browser's, the simulation its own. */

import type { Clock, Random, Transport } from '../core/ports.ts'
import type { Vault } from '../store/vault.ts'
import type * as Records from './records.entry.ts'

export interface World {
  readonly clock: Clock & { stamp(now: number): void }
  readonly random: Random
  readonly transport: Transport
  /** The browser sends its opt-out signal: it holds against all but what was chosen under it by name. */
  readonly optedOut?: boolean | undefined
  /** The text of a file on the site's own origin. */
  readonly read: (url: string) => Promise<string>
  /** Changes whenever what is read of a site's files does. */
  readonly reader: string
  readonly openVault: (onClosed: () => void) => Promise<Vault>
  /** What is seldom asked for, and loaded when it is. */
  readonly records: () => Promise<typeof Records>
}
