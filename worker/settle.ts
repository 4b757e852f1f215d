/** Brings the decision that a page holds and the one on disk together, and deletes what is no longer allowed to be there. */

import type { Config } from '../core/config.ts'
import { both, CATEGORIES, captures, grantsOf, type Pairs, pairsOf } from '../core/consent.ts'
import type { Decision, Means } from '../core/decision.ts'
import type { Model } from '../core/model.ts'
import { allOf, outOfDate } from '../store/keys.ts'
import type { Vault } from '../store/vault.ts'
import type { Draft } from './changes.ts'
import { refold } from './ingest.ts'

/**
 * The decision that holds, and is in the draft: the higher `seq`, of equals what both grant.
 * @param means how the visitor took it just now; it then comes after whatever the disk remembers
 * @returns undefined where the disk knows a newer one
 */
export const settleDecision = (draft: Draft, brought: Decision, means: Means | undefined): Decision | undefined => {
  const { head } = draft
  const decision = means && head.seq >= brought.seq ? { ...brought, seq: head.seq + 1 } : brought
  if (head.seq > decision.seq) return undefined
  const pairs =
    head.seq === decision.seq ? both(pairsOf(decision.grants), head.pairs as Pairs) : pairsOf(decision.grants)
  const settled = { ...decision, grants: grantsOf(pairs) }
  if (head.seq === decision.seq && pairs === head.pairs) return settled
  const { seq, notice } = decision
  draft.head = { ...head, seq, pairs }
  draft.events.push({ type: 'decision', seq, grants: settled.grants, means: means ?? 'api', notice })
  return settled
}

/** Deletes the signals of categories that nothing is granted for any more. */
export const dropDenied = async (draft: Draft, model: Model, vault: Vault): Promise<void> => {
  const denied = CATEGORIES.filter(category => !captures(draft.head.pairs as Pairs, category))
  if (!denied.length) return
  draft.remove.push(...denied.map(allOf))
  await refold(draft, model, vault)
}

/** Deletes signals that are older than they are kept. */
export const sweep = (draft: Draft, config: Config, now: number): void => {
  draft.remove.push(...outOfDate(config.retention, now))
}
