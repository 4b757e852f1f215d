/** Sets right what the visitor says is wrong: a signal changed or removed, a segment chosen or ruled out. */

import type { Correction, Pin } from '../core/correction.ts'
import type { CorrectionWord } from '../core/ledger.ts'
import type { Model } from '../core/model.ts'
import { needed } from '../core/needed.ts'
import { fault, object, oneOf, type Parser } from '../core/parse.ts'
import { segmentationId, segmentId } from '../core/report.ts'
import { unassignedOf } from '../core/segmentation.ts'
import { parseSignal, type Signal } from '../core/signal.ts'
import { FORGOTTEN, SIGNALS } from '../store/keys.ts'
import type { Vault } from '../store/vault.ts'
import type { Draft } from './changes.ts'
import { foldOnly } from './ingest.ts'
import type { Rights } from './rights.ts'

const nullable =
  <T>(parser: Parser<T>): Parser<T | null> =>
  (value, place) =>
    value === null ? null : parser(value, place)

const signalShape = object({ signal: parseSignal, to: nullable(parseSignal) })
const pinning = object({ segmentation: segmentationId, segment: nullable(segmentId) })
const ruling = object({ segmentation: segmentationId, not: segmentId })

/** Reads a correction. @throws ParseError */
const parseCorrection: Parser<Correction> = (input, place) => {
  const given = (input ?? {}) as { [field: string]: unknown }
  if ('signal' in given) {
    const read = signalShape(input, place)
    if (read.to && read.to.kind !== read.signal.kind)
      fault(`${place}.to.kind`, 'another kind than the signal it replaces', 'Remove the one, and leave the other out')
    return read
  }
  return 'not' in given ? ruling(input, place) : pinning(input, place)
}

/** More ids than any customer has had taken out by hand. */
const MOST_FORGOTTEN = 10_000

/** Remembers the ids of what was taken out, so that the site, which gives its orders on every visit, does not put them back. */
export const forgetIds = async (draft: Draft, vault: Vault, gone: readonly Signal[]): Promise<void> => {
  const ids = gone.flatMap(({ id }) => (id === undefined ? [] : [id]))
  if (!ids.length) return
  const before = (await vault.read([FORGOTTEN])).items[0]?.value as string[] | undefined
  draft.put.push({ key: FORGOTTEN, value: [...new Set([...(before ?? []), ...ids])].slice(-MOST_FORGOTTEN) })
}

/** Fields in order, so that two signals that say the same read the same. */
const printed = (signal: Signal): string => JSON.stringify(Object.entries(signal).sort())

type OfSignal = Extract<Correction, { signal: unknown }>

const ofSignal = async (draft: Draft, { signal, to }: OfSignal, { work, now }: Rights): Promise<CorrectionWord> => {
  const { vault, model, config } = work
  const kept = to && needed(config.needs, to)
  if (to && !kept) fault('to', 'no feature needs such a signal', 'Remove it instead')
  if (to && to.at > now) fault('to.at', 'it is yet to come', 'Give what has happened')
  const { items } = await vault.read([SIGNALS])
  const sought = printed(signal)
  for (const { key, value } of items) {
    const signals = value as Signal[]
    const i = signals.findIndex(each => printed(each) === sought)
    if (i < 0) continue
    const { id } = signals[i] as Signal
    const left = [
      ...signals.slice(0, i),
      ...(kept ? [{ ...kept, ...(id === undefined ? {} : { id }) }] : []),
      ...signals.slice(i + 1),
    ]
    // Its record stays where it is: the day under which it is deleted by age is that of the signal as it was noted.
    if (left.length) draft.put.push({ key, value: left })
    else draft.remove.push([key, `${key}\0`])
    if (!kept) await forgetIds(draft, vault, [signal])
    foldOnly(
      draft,
      model,
      items.map(each => (each.key === key ? { key, value: left } : each)),
    )
    return kept ? 'changed' : 'removed'
  }
  return fault('signal', 'nothing like it is kept', 'Give it as exportData() shows it')
}

const pinOf = (before: Pin | undefined, correction: Exclude<Correction, OfSignal>): Pin | undefined => {
  if ('not' in correction) return { not: [...new Set([...(before?.not ?? []), correction.not])] }
  return correction.segment === null ? undefined : { ...before, segment: correction.segment }
}

const ofSegment = (draft: Draft, correction: Exclude<Correction, OfSignal>, model: Model): CorrectionWord => {
  const { segmentation } = correction
  const it = model.segmentations.find(({ id }) => id === segmentation)
  if (!it)
    return fault(
      'segmentation',
      'the model has no such question',
      `Known: ${model.segmentations.map(({ id }) => id).join(', ')}`,
    )
  const known = oneOf(it.segments.map(({ id }) => id).filter(id => id !== unassignedOf(it)))
  const named = 'not' in correction ? correction.not : correction.segment
  if (named !== null) known(named, 'segment')
  const { [segmentation]: before, ...others } = draft.state.pins ?? {}
  const pin = pinOf(before, correction)
  draft.state.pins = { ...others, ...(pin ? { [segmentation]: pin } : {}) }
  return 'not' in correction ? 'not-me' : named === null ? 'undone' : 'pinned'
}

/** @throws ParseError where the correction is not one, or there is nothing that it could set right */
export const correct = async (draft: Draft, given: unknown, rights: Rights): Promise<void> => {
  const correction = parseCorrection(given, 'correction')
  if ('signal' in correction) {
    const what = await ofSignal(draft, correction, rights)
    draft.events.push({ type: 'correction', what, of: correction.signal.kind })
    return
  }
  const what = ofSegment(draft, correction, rights.work.model)
  const segment = 'not' in correction ? correction.not : correction.segment
  draft.events.push({ type: 'correction', what, of: correction.segmentation, ...(segment ? { segment } : {}) })
}
