/** Brings the decision that a page holds and the one on disk together, and deletes what is no longer allowed to be there. */

import type { Config } from '../core/config.ts'
import { both, CATEGORIES, captures, grantsOf, type Pairs, pairsOf, product, spared } from '../core/consent.ts'
import type { Choice, Decision } from '../core/decision.ts'
import { type Day, dayOf } from '../core/epoch.ts'
import type { Model } from '../core/model.ts'
import { categoryOf, KIND_NAMES, type Signal } from '../core/signal.ts'
import { allOf, GIVEN, outOfDate } from '../store/keys.ts'
import { MOST_SIGNALS } from '../store/state.ts'
import type { Vault } from '../store/vault.ts'
import type { Draft } from './changes.ts'
import { refold } from './ingest.ts'
import type { World } from './world.ts'

/** Of what is granted only now nothing is known from before today. A first grant says so of everything, when it is opened. */
const begin = ({ head, state: { fold } }: Draft, pairs: Pairs, now: number): void => {
  for (const kind of fold.seen ? KIND_NAMES : []) {
    const category = categoryOf(kind)
    if (captures(pairs, category) && !captures(head.pairs as Pairs, category))
      fold.seen = { ...fold.seen, [kind]: dayOf(now) }
  }
}

/** What the signal does not speak to. */
const ONLY_HERE = product(['personalization'], CATEGORIES)

const DAY_LENGTH = 'YYYY-MM-DD'.length

/** Whatever stands in the key, only whom the config names can go on the ledger. */
const namedIn = (config: Config, { recipients }: Decision): string[] =>
  config.recipients.flatMap(({ name }) => (Array.isArray(recipients) && recipients.includes(name) ? name : []))

/**
 * Of days on which it was paused, or on which decisions were taken that this disk was never told, not all was seen. The day on which
 * it went on counts as known, as the day of a first grant does.
 */
const resume = ({ head, state }: Draft, { seq, paused }: Decision, now: number): void => {
  const today = dayOf(now)
  // It was last at work on the day when it was last tidied.
  const last = state.tidied ?? 0
  const since = state.paused ?? (seq > head.seq + 1 ? last : today)
  if (paused) state.paused ??= Math.min(last, today) as Day
  else {
    delete state.paused
    if (state.fold.seen && since < today) state.fold.seen = { all: today }
  }
}

/**
 * The decision that holds, put into the draft: the higher `seq`, of equals what both grant. The key decides, so a disk that has
 * seen more does not overrule it, but what both grant is all that holds.
 * @param choice what the visitor chose just now; it then comes after whatever the disk remembers
 * @param optedOut the browser sends its opt-out signal, and the decision is none that overrules it
 */
export const settleDecision = (
  draft: Draft,
  brought: Decision,
  choice: Choice | undefined,
  now: number,
  config: Config,
  optedOut: boolean,
): Decision => {
  const { head } = draft
  const given = pairsOf(brought.grants)
  // What the signal holds back is not taken back: nothing is written for it.
  const withheld = optedOut ? head.pairs & ~ONLY_HERE : 0
  // Another tab may have heard of this very decision, and have written it, before the one in which it was taken.
  const overtaken = choice && head.seq >= brought.seq && head.pairs !== given
  const seq = overtaken ? head.seq + 1 : Math.max(head.seq, brought.seq)
  const pairs = head.seq === seq ? both((given | withheld) as Pairs, head.pairs as Pairs) : given
  const grants = grantsOf(pairs)
  const settled = { ...brought, seq, grants: optedOut ? spared(grants) : grants }
  if (head.seq === seq && pairs === head.pairs) return settled
  begin(draft, pairs, now)
  resume(draft, settled, now)
  draft.head = { ...head, seq, pairs }
  const { notice, paused } = settled
  const recipients = namedIn(config, brought)
  draft.events.push({
    type: 'decision',
    seq,
    grants,
    means: choice?.means ?? (brought.means ? 'extension' : 'api'),
    notice,
    expires: brought.expires.slice(0, DAY_LENGTH),
    ...(choice?.locale ? { locale: choice.locale } : {}),
    ...(recipients.length ? { recipients } : {}),
    ...(paused ? { paused } : {}),
  })
  return settled
}

/** What the account told of a category that is denied goes as well, and with it what was known by it. */
const dropGiven = async ({ head, state, put, remove }: Draft, vault: Vault): Promise<void> => {
  const mayStay = (kind: Signal['kind']): boolean => captures(head.pairs as Pairs, categoryOf(kind))
  const account = captures(head.pairs as Pairs, 'account')
  // Denied itself, it all goes with the rest.
  for (const { key, value } of account ? (await vault.read([GIVEN])).items : []) {
    const signals = value as Signal[]
    const left = signals.filter(({ kind }) => mayStay(kind))
    if (left.length === signals.length) continue
    if (left.length) put.push({ key, value: left })
    else remove.push([key, `${key}\0`])
  }
  const seen = Object.entries(state.fold.seen ?? {})
  // Only what this device saw itself is known then, and since when.
  const known = seen.filter(([kind, since]) => since || (account && mayStay(kind as Signal['kind'])))
  if (seen.length) state.fold.seen = Object.fromEntries(known)
}

/** Deletes the signals of categories that nothing is granted for any more. */
export const dropDenied = async (draft: Draft, model: Model, vault: Vault): Promise<void> => {
  const denied = CATEGORIES.filter(category => !captures(draft.head.pairs as Pairs, category))
  if (!denied.length) return
  await dropGiven(draft, vault)
  draft.remove.push(...denied.map(allOf))
  await refold(draft, model, vault)
}

/** Settles the decision and deletes what it no longer allows. @returns the decision that holds, and whether it is another than before */
export const settleAll = async (
  draft: Draft,
  brought: Decision,
  choice: Choice | undefined,
  now: number,
  { config, model, vault }: { readonly config: Config; readonly model: Model; readonly vault: Vault },
  optedOut: boolean,
): Promise<{ readonly decision: Decision; readonly changed: boolean }> => {
  const before = draft.head
  const decision = settleDecision(draft, brought, choice, now, config, optedOut)
  const changed = draft.head !== before
  if (changed) await dropDenied(draft, model, vault)
  return { decision, changed }
}

/** Deletes what is older than it is kept, or too much. @returns whether it was the day's first, and so due */
export const tidyOnceADay = async (
  draft: Draft,
  current: { readonly config: Config; readonly model: Model; readonly vault: Vault } & Pick<World, 'records'>,
  now: number,
): Promise<boolean> => {
  const { tidied, count = 0 } = draft.state
  if (!draft.head.commit) {
    draft.state.tidied = dayOf(now)
    return false
  }
  if (tidied === dayOf(now) && count <= MOST_SIGNALS) return false
  // Whether or not the rest can be loaded: what is too old goes.
  draft.remove.push(...outOfDate(current.config.retention, now))
  await current.records().then(
    it => it.tidy(draft, current, now),
    () => {},
  )
  return true
}
