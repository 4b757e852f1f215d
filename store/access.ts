/** Reads everything that is kept into one document. The worker and the extension call it alike, so that both tell the same. */

import type { AccessDocument, KeptSegment } from '../core/access.ts'
import { type Assignment, assign } from '../core/assign.ts'
import { parseConfig } from '../core/config.ts'
import { type Category, captures, type Pairs } from '../core/consent.ts'
import type { Decision } from '../core/decision.ts'
import { type FoldState, rawVector } from '../core/feature.ts'
import { parseEntry } from '../core/ledger.ts'
import { categoriesOf, type Model, parseModel } from '../core/model.ts'
import type { Signal } from '../core/signal.ts'
import { LEDGER, SIGNALS, SITE, STATE } from './keys.ts'
import { parseState } from './state.ts'
import type { Item, Vault } from './vault.ts'

/** The site's own files, kept as text beside what was made with them. */
export interface SiteRecord {
  readonly config: string
  readonly model: string
}

/** Signals out of their records, in the order they were committed. */
export const signalsIn = (items: readonly Item[]): Signal[] =>
  items
    .filter(({ key }) => key.startsWith(SIGNALS))
    // By commit; within one, by category and day, which is as good as any: their signals are told apart by their times.
    .sort((a, b) => Number(a.key.slice(-9)) - Number(b.key.slice(-9)))
    .flatMap(item => item.value as Signal[])

/** Every segmentation's answer for what is folded, under what is granted. */
export const assignAll = (model: Model, fold: FoldState, pairs: Pairs, now: number): Assignment[] => {
  const raws = rawVector(model.features, fold, now)
  const granted = (categories: readonly Category[]): boolean => categories.every(category => captures(pairs, category))
  return model.segmentations.map(it => assign(model, it, raws, granted(categoriesOf(model, it))))
}

const kept = (model: Model, assignment: Assignment): KeptSegment => {
  const it = model.segmentations.find(({ id }) => id === assignment.segmentation)
  const segment = it?.segments.find(({ id }) => id === assignment.segment)
  return {
    ...assignment,
    question: it?.label ?? '',
    label: segment?.label ?? '',
    description: segment?.description ?? '',
  }
}

/**
 * @param now milliseconds since 1970
 * @throws ParseError where what is kept is not what this version writes
 */
export const readAccess = async (
  vault: Vault,
  decision: Decision | undefined,
  now: number,
): Promise<AccessDocument> => {
  const { head, items } = await vault.read([LEDGER, SIGNALS, SITE, STATE])
  const valueAt = (name: string): unknown => items.find(({ key }) => key === name)?.value
  const site = valueAt(SITE) as SiteRecord
  const config = parseConfig(site.config, 'the kept config')
  const model = parseModel(site.model, 'the kept model')
  const state = parseState(valueAt(STATE))
  const pairs = head.pairs as Pairs
  const raws = rawVector(model.features, state.fold, now)
  return {
    v: 1,
    site: config.site,
    made: now,
    decision: decision
      ? { seq: decision.seq, grants: decision.grants, expires: decision.expires, notice: decision.notice }
      : null,
    retention: config.retention,
    signals: signalsIn(items),
    features: model.features.map(({ name }, i) => ({ name, value: raws[i] ?? null })),
    segments: assignAll(model, state.fold, pairs, now).map(assignment => kept(model, assignment)),
    ledger: items.filter(({ key }) => key.startsWith(LEDGER)).map(({ key, value }) => parseEntry(value, key)),
    waiting: Object.values(state.reports).flatMap(({ queued }) => (queued ? [queued.body] : [])),
  }
}
