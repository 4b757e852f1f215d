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
 * The decision that holds, put into the draft: the higher `seq`, of equals what both grant. The key decides, so a disk that has
 * seen more does not overrule it, but what both grant is all that holds.
 * @param means how the visitor took it just now; it then comes after whatever the disk remembers
 */
export const settleDecision = (draft: Draft, brought: Decision, means: Means | undefined): Decision => {
  const { head } = draft
  const given = pairsOf(brought.grants)
  // Another tab may have heard of this very decision, and have written it, before the one in which it was taken.
  const overtaken = means && head.seq >= brought.seq && head.pairs !== given
  const seq = overtaken ? head.seq + 1 : Math.max(head.seq, brought.seq)
  const pairs = head.seq === seq ? both(given, head.pairs as Pairs) : given
  const settled = { ...brought, seq, grants: grantsOf(pairs) }
  if (head.seq === seq && pairs === head.pairs) return settled
  draft.head = { ...head, seq, pairs }
  draft.events.push({ type: 'decision', seq, grants: settled.grants, means: means ?? 'api', notice: brought.notice })
  return settled
}

/** Deletes the signals of categories that nothing is granted for any more. */
export const dropDenied = async (draft: Draft, model: Model, vault: Vault): Promise<void> => {
  const denied = CATEGORIES.filter(category => !captures(draft.head.pairs as Pairs, category))
  if (!denied.length) return
  draft.remove.push(...denied.map(allOf))
  // What the account told is gone with it: only what this device saw itself is known.
  const { all } = draft.state.fold.seen ?? {}
  if (denied.includes('account') && all !== undefined) draft.state.fold.seen = { all }
  await refold(draft, model, vault)
}

/** Deletes signals that are older than they are kept. */
export const sweep = (draft: Draft, config: Config, now: number): void => {
  draft.remove.push(...outOfDate(config.retention, now))
}
