/** Where a site's model is, who must have signed it, and where it must be entered. */

import { draw } from './draw.ts'
import { shareUpTo } from './epsilon.ts'
import { object, optional, type Parser } from './parse.ts'
import type { Cipher } from './ports.ts'
import { parsePublicKey } from './signature.ts'

/** A new model for some devices first: each draws for itself, and the files are the same for everyone. */
export interface Rollout {
  /** The address of the new model. */
  readonly model: string
  /** How many of all devices take it, in hundredths. */
  readonly share: number
}

export interface ModelSource {
  /** Its address. */
  readonly model: string
  /** Who must have signed it: see `signature.ts`. */
  readonly modelKey?: string
  /** The address of the log in which everything that was served is entered: see `log.ts`. */
  readonly log?: string
  readonly rollout?: Rollout
}

/** @param url reads an address */
export const modelSource = (url: Parser<string>) => ({
  model: url,
  modelKey: optional(parsePublicKey),
  log: optional(url),
  rollout: optional(object({ model: url, share: shareUpTo(0.99) })),
})

/**
 * Is this device among the first? Drawn by its own key: the same for as long as it is asked, and a larger share holds all that a
 * smaller one held.
 */
export const isFirst = async (cipher: Pick<Cipher, 'mac'>, site: string, { model, share }: Rollout): Promise<boolean> =>
  (await draw(cipher, 'rollout', site, model)) < share
