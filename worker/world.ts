/** The world as the device sees it: `main.ts` wires the browser's, the simulation its own. */

import type { Differing } from '../core/model-fault.ts'
import type { Clock, Random, Transport } from '../core/ports.ts'
import type { Vault } from '../store/vault.ts'
import type { ProvenanceChecks } from './provenance.ts'
import type * as Records from './records.entry.ts'

export interface ServedFile {
  readonly text: string
  readonly differing: readonly Differing[]
}

export interface World {
  readonly clock: Clock & { stamp(now: number): void }
  readonly random: Random
  readonly transport: Transport
  /** The browser sends its opt-out signal: it holds against all but what was chosen under it by name. */
  readonly optedOut?: boolean | undefined
  /** A file on the site's own origin. @param fresh not as a cache has it, unless the server says that it is the same */
  readonly read: (url: string, fresh?: boolean) => Promise<ServedFile>
  /** Changes whenever what is read of a site's files does. */
  readonly reader: string
  readonly openVault: (onClosed: () => void) => Promise<Vault>
  /** A line for whoever runs the site; never for the visitor. */
  readonly warn: (line: string) => void
  /** Lets the other tabs' workers know that something was set right or deleted: they look again. */
  readonly tell?: () => void
  /** What checks signatures and logs, loaded where the site's config names a key or a log. */
  readonly provenance: () => Promise<ProvenanceChecks>
  /** What is seldom asked for, and loaded when it is. */
  readonly records: () => Promise<typeof Records>
}
