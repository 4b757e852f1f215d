/**
 * What a visitor may ask of what is kept, and a site of its own customer's past: loaded by the worker when it is first asked.
 * Each right is one function; what it writes is committed by the device, as everything is.
 */

import type { Config } from '../core/config.ts'
import { pairsOf } from '../core/consent.ts'
import type { Decision } from '../core/decision.ts'
import type { Model } from '../core/model.ts'
import type { Answers, ConfigFile } from '../core/protocol/session.ts'
import { readAccess } from '../store/access.ts'
import type { Vault } from '../store/vault.ts'
import type { Draft } from './changes.ts'
import { hydrate } from './hydrate.ts'
import { overhaul } from './overhaul.ts'
import { type Held, preview } from './preview.ts'
import { SETTING_RIGHT } from './set-right.ts'

export interface Rights {
  readonly work: { readonly config: Config; readonly model: Model; readonly vault: Vault }
  /** Milliseconds since 1970. */
  readonly now: number
}

/** What the device lends for it. */
export interface Hand {
  /** Absent where nothing is open. */
  readonly work: Rights['work'] | undefined
  readonly now: number
  readonly decision: Decision | undefined
  /** Runs a step and commits it, if what it needs is granted and it has something to write. */
  readonly advance: (step: (draft: Draft, work: Rights['work']) => Promise<boolean>) => Promise<unknown>
  /** Reads a site's files, where nothing is granted and so nothing is open. */
  readonly readSite: (file: ConfigFile) => Promise<{ readonly config: Config; readonly model: Model }>
}

type Right<V extends keyof Answers> = (hand: Hand, given: unknown) => Promise<Answers[V]>

export const RIGHTS: { readonly [V in keyof Answers]: Right<V> } = {
  exportData: async ({ work, decision, now, advance }) => {
    if (!work) throw new Error('nothing is kept here: nothing was granted')
    const account = await readAccess(work.vault, decision, now, work)
    if (!account.damaged) return account
    await advance((draft, { vault }) => overhaul(vault, draft, now, true))
    return readAccess(work.vault, decision, now, work)
  },

  hydrate: async (hand, given) => {
    let told: Answers['hydrate'] = { kept: 0, known: 0, refused: ['nothing is granted'] }
    if (hand.decision?.paused) return { ...told, refused: ['it is paused, at the wish of the visitor'] }
    await hand.advance(async (draft, work) => {
      const { seen } = draft.state.fold
      told = await hydrate(draft, given, { work, now: hand.now })
      return told.kept > 0 || draft.state.fold.seen !== seen
    })
    return told
  },

  ...SETTING_RIGHT,

  previewReport: async ({ work, now, decision, advance, readSite }, given) => {
    let held: Held | undefined
    const read = async (draft: Draft, { vault }: Rights['work']): Promise<boolean> => {
      // Without what the browser's opt-out signal holds back, which the disk does not know of.
      held = { state: draft.state, pairs: pairsOf(decision?.grants ?? {}), cipher: vault.cipher }
      return false
    }
    if (work) await advance(read)
    const { config, model } = work ?? (await readSite(given as ConfigFile))
    return preview(config, model, now, held)
  },
}
