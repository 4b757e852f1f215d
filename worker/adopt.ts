/**
 * Takes up what is new about the site's files: what no feature of the model uses any more is deleted, and of what it did not use
 * before nothing is known from before today.
 */

import { CATEGORIES } from '../core/consent.ts'
import { isCovered } from '../core/covered.ts'
import { type Day, dayOf } from '../core/epoch.ts'
import { needed } from '../core/needed.ts'
import type { Need } from '../core/needs.ts'
import { categoryOf, type Signal } from '../core/signal.ts'
import { SIGNALS, SITE } from '../store/keys.ts'
import type { Vault } from '../store/vault.ts'
import type { Draft } from './changes.ts'
import type { News } from './site-files.ts'
import { foldLedger } from './tidy.ts'

const learn = ({ state: { fold } }: Draft, needs: readonly Need[], before: readonly Need[], today: Day): void => {
  const fresh = needs.filter(
    need =>
      !isCovered(
        need,
        before.find(({ kind }) => kind === need.kind),
      ),
  )
  if (fold.seen && fresh.length)
    fold.seen = { ...fold.seen, ...Object.fromEntries(fresh.map(({ kind }) => [kind, today])) }
}

/** The signal as it is needed now, with the id that an account gave it; the very same where nothing about it changes. */
const keptOf = (needs: readonly Need[], signal: Signal): Signal | undefined => {
  const left = needed(needs, signal)
  const { id } = signal
  if (!left) return undefined
  const kept = id === undefined ? left : { ...left, id }
  return Object.entries(signal).every(([field, value]) => kept[field as keyof Signal] === value) ? signal : kept
}

/** @returns whether anything was deleted */
const dropUnneeded = async (draft: Draft, needs: readonly Need[], vault: Vault): Promise<boolean> => {
  const { put, remove, events, state } = draft
  const counts = new Map<string, number>()
  const note = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1)
  for (const { key, value } of (await vault.read([SIGNALS])).items) {
    // What is denied goes anyway.
    if (remove.some(([from, to]) => key >= from && key < to)) continue
    const signals = value as Signal[]
    const left = signals.flatMap(signal => {
      const kept = keptOf(needs, signal)
      if (kept !== signal) note(`${kept ? 'details' : 'signals'} of ${categoryOf(signal.kind)}`)
      return kept ?? []
    })
    if (left.every((signal, i) => signal === signals[i]) && left.length === signals.length) continue
    state.count = Math.max(0, (state.count ?? 0) - signals.length + left.length)
    if (left.length) put.push({ key, value: left })
    else remove.push([key, `${key}\0`])
  }
  for (const of of CATEGORIES)
    for (const what of [`signals of ${of}`, `details of ${of}`]) {
      const count = counts.get(what)
      if (count) events.push({ type: 'deletion', why: 'unneeded', what, count })
    }
  return counts.size > 0
}

/** Everything but what the visitor set right, which holds again should its question come back. */
export const adopt = async (draft: Draft, { site, kept, notes }: News, vault: Vault, now: number): Promise<void> => {
  const { state, put, events } = draft
  const { config, model } = site.read
  put.push({ key: SITE, value: site })
  events.push(...notes)
  if (kept?.model === site.model && kept.config === site.config) return
  if (kept) learn(draft, config.needs, kept.read.config.needs, dayOf(now))
  const dropped = await dropUnneeded(draft, config.needs, vault)
  // The numbers worked out from it stand on the ledger as reasons.
  if (dropped) await foldLedger(draft, vault)
  for (const id of Object.keys(state.assigned))
    if (!model.segmentations.some(it => it.id === id)) delete state.assigned[id]
  state.model = ''
}
