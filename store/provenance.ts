/** Where the model that is at work came from, and what the device remembers of the others it was served. */

import type { LogHead } from '../core/log.ts'
import type { Differing, ModelFault } from '../core/model-fault.ts'

export interface Provenance {
  /** Its address. */
  readonly url: string
  /** The highest revision that was taken of each model, by name: no lower one is taken after it. */
  readonly taken: { readonly [name: string]: number }
  readonly signed?: true
  /** The log's head as it was seen last. */
  readonly log?: LogHead
  readonly differing?: readonly Differing[]
  /** What was served last, and refused. */
  readonly refused?: { readonly why: ModelFault; readonly message: string }
}
