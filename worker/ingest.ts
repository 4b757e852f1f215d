/** From signals to segments: takes batches in, folds them, and notes what follows. Works on a draft; writes nothing itself. */

import type { Config } from '../core/config.ts'
import { type Category, captures, type Pairs, pairsOf, serves } from '../core/consent.ts'
import type { Decision } from '../core/decision.ts'
import { fold, foldAfresh, reachesBack, trimFold } from '../core/feature.ts'
import { categoriesOf, type Model, modelId } from '../core/model.ts'
import { needed } from '../core/needed.ts'
import type { Need } from '../core/needs.ts'
import type { Arm } from '../core/report.ts'
import { unassignedOf } from '../core/segmentation.ts'
import { categoryOf, parseSignal, type Signal } from '../core/signal.ts'
import type { Batch } from '../core/standing.ts'
import { assignAll, signalsIn } from '../store/access.ts'
import { SIGNALS, signalsKey } from '../store/keys.ts'
import type { Item, Vault } from '../store/vault.ts'
import type { Draft } from './changes.ts'
import type * as Records from './records.entry.ts'

/** Batches remembered so that none is taken twice: more than any number of tabs leaves behind at once. */
const REMEMBERED_BATCHES = 64
/** Reasons kept on the ledger with a change of segment. */
const REASONS = 5

const readSignal = (needs: readonly Need[], pairs: Pairs, value: unknown): Signal | undefined => {
  try {
    const signal = needed(needs, parseSignal(value, 'signal'))
    return signal && captures(pairs, categoryOf(signal.kind)) ? signal : undefined
  } catch {
    return undefined
  }
}

/** All signals on disk, in the order they came. */
export const storedSignals = async (vault: Vault): Promise<Signal[]> => signalsIn((await vault.read([SIGNALS])).items)

/** Puts signals into the draft, a record for each category and day, as retention deletes them. */
const keep = (draft: Draft, signals: readonly Signal[]): void => {
  const groups = new Map<string, Signal[]>()
  for (const signal of signals) {
    const key = signalsKey(categoryOf(signal.kind), signal.at, draft.head.commit + 1)
    groups.set(key, [...(groups.get(key) ?? []), signal])
  }
  for (const [key, value] of groups) draft.put.push({ key, value })
}

/** Takes in what is new of the batches, as far as this decision covers it. */
export const takeIn = async (
  draft: Draft,
  batches: readonly Batch[],
  decision: Decision | undefined,
  {
    vault,
    model,
    config,
    records,
  }: { vault: Vault; model: Model; config: Config; records: () => Promise<typeof Records> },
): Promise<void> => {
  const { state } = draft
  const pairs = pairsOf(decision?.grants)
  // A page that was hidden before its worker was up has left last words of what it gives as well: given twice, the later is whole.
  // Whatever else stands among last words has no name to be remembered by.
  const named = batches.filter(({ page, n }) => Number.isFinite(page) && Number.isFinite(n))
  const given = new Map(named.map(batch => [`${batch.page}.${batch.n}`, batch]))
  const fresh = [...given].flatMap(([name, batch]) => (state.batches.includes(name) ? [] : [batch]))
  const signals = fresh.flatMap(batch => batch.signals).flatMap(value => readSignal(config.needs, pairs, value) ?? [])
  state.batches = [...state.batches, ...fresh.map(({ page, n }) => `${page}.${n}`)].slice(-REMEMBERED_BATCHES)
  keep(draft, signals)
  state.count = (state.count ?? 0) + signals.length
  for (const { refused } of fresh) {
    // Without that chunk they are not counted; what was noted is kept all the same.
    if (refused)
      await records().then(
        it => (state.refused = it.addRefusals(state.refused ?? {}, refused)),
        () => {},
      )
  }
  if (state.model !== modelId(model) || !signals.every(signal => fold(model.features, state.fold, signal))) {
    await refold(draft, model, vault, signals)
  }
}

/** Folds everything afresh: what is on disk, then what is new. */
export const refold = async (draft: Draft, model: Model, vault: Vault, fresh: readonly Signal[] = []): Promise<void> =>
  foldOnly(draft, model, (await vault.read([SIGNALS])).items, fresh)

/** Folds these records in the place of all that was folded, as far as they are of a category still granted. */
export const foldOnly = (
  { head, state }: Draft,
  model: Model,
  items: readonly Item[],
  fresh: readonly Signal[] = [],
): void => {
  const pairs = head.pairs as Pairs
  // What the account told is of two categories.
  const kept = signalsIn(items.filter(({ key }) => captures(pairs, key.split('/')[1] as Category))).filter(({ kind }) =>
    captures(pairs, categoryOf(kind)),
  )
  const { seen } = state.fold
  state.fold = { ...foldAfresh(model.features, [...kept, ...fresh]), ...(seen ? { seen } : {}) }
  state.model = modelId(model)
}

/** Runs a step; where it, another model or a clock that went back leaves nothing to go on with, everything is folded anew. */
export const folded = async (
  draft: Draft,
  { model, vault }: { readonly model: Model; readonly vault: Vault },
  now: number,
  step: () => Promise<boolean>,
): Promise<boolean> => {
  // A clock that went back: what it reaches again was forgotten, and everything is folded anew with what the step brings.
  if (!reachesBack(model.features, draft.state.fold, now)) draft.state.model = ''
  const wrote = await step()
  // Another model, or signals that were lost.
  if (draft.state.model === modelId(model)) return wrote
  await refold(draft, model, vault)
  return true
}

/** Assigns anew, and notes each change with its reasons. @returns whether anything changed */
export const assess = (draft: Draft, model: Model, now: number): boolean => {
  trimFold(model.features, draft.state.fold, now)
  const { assigned } = draft.state
  let changed = false
  for (const { segmentation, segment, contributions } of assignAll(
    model,
    draft.state,
    draft.head.pairs as Pairs,
    now,
  )) {
    const before = assigned[segmentation]
    if (before === segment) continue
    assigned[segmentation] = segment
    // The very first is what a device says that knows nothing yet.
    if (before && model.segmentations.some(it => it.id === segmentation && it.hold))
      draft.state.since = { ...draft.state.since, [segmentation]: now }
    changed = true
    draft.events.push({
      type: 'segment',
      segmentation,
      segment,
      ...(before ? { before } : {}),
      model: modelId(model),
      reasons: contributions.slice(0, REASONS),
    })
  }
  return changed
}

/** The segments that the page may use: none where the site chose so. */
export const shownSegments = (
  { head, state }: Pick<Draft, 'head' | 'state'>,
  { config, model, arm }: { readonly config: Config; readonly model: Model; readonly arm?: Arm | undefined },
): { [segmentation: string]: string } =>
  Object.fromEntries(
    model.segmentations
      .filter(it => config.expose !== 'none' && serves(head.pairs as Pairs, 'personalization', categoriesOf(model, it)))
      .map(it => [it.id, arm === 'control' ? unassignedOf(it) : (state.assigned[it.id] ?? '')])
      .filter(([, segment]) => segment),
  )
