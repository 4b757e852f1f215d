/** Reads everything that is kept into one document. The worker and the extension call it alike, so that both tell the same. */

import type { AccessDocument, KeptModel, KeptSegment, Named } from '../core/access.ts'
import { type Assignment, assign } from '../core/assign.ts'
import { LIFETIME_EPSILON, NOTHING_SPENT, spentIn } from '../core/budget.ts'
import { type Config, parseDraft, type Snapshot } from '../core/config.ts'
import { type Category, captures, type Pairs } from '../core/consent.ts'
import { corrected } from '../core/correction.ts'
import type { Decision } from '../core/decision.ts'
import { smallestChange } from '../core/explain.ts'
import { type FeatureVector, rawVector } from '../core/feature.ts'
import { steady } from '../core/hold.ts'
import { verify } from '../core/ledger.ts'
import { parseEntry, parseFolded } from '../core/ledger-entry.ts'
import { categoriesOf, type Model, modelId } from '../core/model.ts'
import { parseModel } from '../core/parse-model.ts'
import { placeOf, placesOf } from '../core/place.ts'
import { mayReceive } from '../core/recipient.ts'
import { addRefusals } from '../core/refusal.ts'
import type { Segmentation } from '../core/segmentation.ts'
import type { Signal } from '../core/signal.ts'
import { unitOf } from '../core/unit.ts'
import { countByGroup, LEDGER, ledgerKey, SIGNALS, SITE, STATE } from './keys.ts'
import type { Provenance } from './provenance.ts'
import { type DeviceState, parseState } from './state.ts'
import type { Item, Vault } from './vault.ts'

/** The site's own files, kept as text beside what was made with them. */
export interface SiteRecord {
  readonly config: string
  /** Where the config was found. */
  readonly url: string
  readonly model: string
  /** What was read of both, by the reader named: another reader, or other texts, are read again. */
  readonly read: { readonly config: Config; readonly model: Model; readonly snapshot: Snapshot }
  readonly reader: string
  /** Absent where an earlier version wrote it. */
  readonly from?: Provenance
}

/** Signals out of their records, in the order they were committed. */
export const signalsIn = (items: readonly Item[]): Signal[] =>
  items
    .filter(({ key }) => key.startsWith(SIGNALS))
    // By commit; within one, by category and day, which is as good as any: their signals are told apart by their times.
    .sort((a, b) => Number(a.key.slice(-9)) - Number(b.key.slice(-9)))
    .flatMap(item => item.value as Signal[])

/** What was given and said before, as far as an answer depends on it. */
type Before = Pick<DeviceState, 'pins' | 'since'> & Partial<Pick<DeviceState, 'assigned'>>

/**
 * Every segmentation's answer for these numbers, under what is granted.
 * @param raws raw vector in the order of `model.features`
 */
export const answerAll = (
  model: Model,
  raws: FeatureVector,
  { pins, assigned, since }: Before,
  pairs: Pairs,
  now: number,
): Assignment[] => {
  const granted = (categories: readonly Category[]): boolean => categories.every(category => captures(pairs, category))
  return model.segmentations.map(it => {
    const answer = corrected(it, assign(model, it, raws, granted(categoriesOf(model, it))), pins?.[it.id])
    return steady(it, answer, assigned?.[it.id], since?.[it.id], now)
  })
}

/** The same for what is folded. */
export const assignAll = (
  model: Model,
  state: Before & Pick<DeviceState, 'fold'>,
  pairs: Pairs,
  now: number,
): Assignment[] => answerAll(model, rawVector(model.features, state.fold, now), state, pairs, now)

const namedIn = (it: Segmentation): Named[] => {
  const places = placesOf(it)
  return it.segments.map(({ id, label, description }, i) => {
    const place = places[i - 1]
    return { segment: id, label, description, ...(place ? { place } : {}) }
  })
}

const kept = (model: Model, it: Segmentation, assignment: Assignment, raws: FeatureVector): KeptSegment => {
  const among = namedIn(it)
  const { label = '', description = '' } = among.find(({ segment }) => segment === assignment.segment) ?? {}
  const change =
    assignment.pinned || assignment.held || assignment.unassigned ? undefined : smallestChange(model, it, raws)
  // What is not granted is not looked at, and what there is nothing to tell from stands nowhere.
  const hidden = ['denied', 'no-signals', 'missing-feature'].includes(assignment.unassigned ?? '')
  const place = hidden ? undefined : placeOf(model, it, raws)
  return {
    ...assignment,
    ...(change ? { change } : {}),
    question: it.label,
    label,
    description,
    ...(it.disclosure ? { disclosure: it.disclosure } : {}),
    among,
    ...(place ? { place } : {}),
  }
}

const keptModel = (model: Model, { signed, log, differing, refused }: Provenance): KeptModel => ({
  id: modelId(model),
  ...(signed ? { signed } : {}),
  ...(log ? { log } : {}),
  ...(differing ? { differing } : {}),
  ...(refused ? { refused: refused.why } : {}),
})

/** The site's files as they stand in the record, read anew. @throws ParseError */
export const parseSite = ({
  config,
  model,
}: Pick<SiteRecord, 'config' | 'model'>): Pick<SiteRecord['read'], 'config' | 'model'> => ({
  config: parseDraft(config, 'the kept config'),
  model: parseModel(model, 'the kept model'),
})

/**
 * @param now milliseconds since 1970
 * @param known what is at work, in the place of what is kept of the site's files where that is damaged
 * @throws ParseError where what is kept is not what this version writes
 */
export const readAccess = async (
  vault: Vault,
  decision: Decision | undefined,
  now: number,
  known?: Pick<SiteRecord['read'], 'config' | 'model'>,
): Promise<AccessDocument> => {
  const { head, items, damaged } = await vault.read([''])
  const valueAt = (name: string): unknown => items.find(({ key }) => key === name)?.value
  const site = valueAt(SITE) as SiteRecord | undefined
  const files = site ? parseSite(site) : known
  if (!files) throw new Error("the site's files that were kept cannot be read")
  const { config, model } = files
  const recipients = config.recipients.flatMap(it => (decision && mayReceive(decision, it) ? it.name : []))
  const state = parseState(valueAt(STATE))
  const pairs = head.pairs as Pairs
  const raws = rawVector(model.features, state.fold, now)
  const first = valueAt(ledgerKey(0))
  const folded = first === undefined ? undefined : parseFolded(first, ledgerKey(0))
  const ledger = items
    .filter(({ key }) => key.startsWith(LEDGER) && key !== ledgerKey(0))
    .map(({ key, value }) => parseEntry(value, key))
  return {
    v: 1,
    site: config.site,
    made: now,
    decision: decision
      ? {
          seq: decision.seq,
          grants: decision.grants,
          expires: decision.expires,
          notice: decision.notice,
          ...(recipients.length ? { recipients } : {}),
          ...(decision.paused ? { paused: true } : {}),
        }
      : null,
    retention: config.retention,
    signals: signalsIn(items),
    refused: addRefusals({}, state.refused),
    features: model.features.map((spec, i) => ({ name: spec.name, value: raws[i] ?? null, ...unitOf(spec) })),
    segments: assignAll(model, state, pairs, now).map((each, i) =>
      kept(model, model.segmentations[i] as Segmentation, each, raws),
    ),
    ledger,
    ...(folded ? { folded } : {}),
    tampered: (await verify(vault.cipher, ledger, folded, state.ledger)) ?? null,
    ...(damaged.length ? { damaged: countByGroup(damaged) } : {}),
    ...(config.reports?.noised
      ? { budget: { spent: spentIn(state.budget ?? NOTHING_SPENT), most: config.reports.budget ?? LIFETIME_EPSILON } }
      : {}),
    ...(site?.from ? { model: keptModel(model, site.from) } : {}),
    waiting: Object.values(state.reports).flatMap(({ queued }) => (queued ? [queued.body] : [])),
  }
}
