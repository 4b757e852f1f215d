/**
 * Keeps what is kept small and no older than it may be, and says so on the ledger: signals past their retention, the oldest of
 * too many, and ledger entries whose numbers are as old as signals may get. Once a day, and when there is too much.
 */

import type { Config } from '../core/config.ts'
import { CATEGORIES, type Category } from '../core/consent.ts'
import { DAY_MS, dayOf } from '../core/epoch.ts'
import { type Entry, type Folded, foldEntries } from '../core/ledger.ts'
import type { Signal } from '../core/signal.ts'
import { dayPrefix, LEDGER, ledgerKey, SIGNALS } from '../store/keys.ts'
import { MOST_SIGNALS } from '../store/state.ts'
import type { Item, Vault } from '../store/vault.ts'
import type { Draft } from './changes.ts'
import { foldOnly } from './ingest.ts'
import type { Rights } from './rights.ts'

/** Entries of a ledger before it is folded. */
const MOST_ENTRIES = 1000

/** Made at once where there are too many signals: all are read for it, and the next batch must not need that again. */
const ROOM = 5000

/** Folds all of the ledger that is on disk, or about to be written there again under a fresh key. What the draft adds follows. */
export const foldLedger = async (draft: Draft, vault: Vault): Promise<void> => {
  const { items } = await vault.read([LEDGER])
  const before = items.find(({ key }) => key === ledgerKey(0))?.value as Folded | undefined
  const entries = items.filter(({ key }) => key !== ledgerKey(0)).map(({ value }) => value as Entry)
  if (!entries.length) return
  const { folded, event } = await foldEntries(vault.cipher, before, entries)
  const stays = draft.put.filter(({ key }) => !key.startsWith(LEDGER))
  draft.put.splice(0, draft.put.length, ...stays, { key: ledgerKey(0), value: folded })
  draft.remove.push([ledgerKey(1), ledgerKey(folded.to + 1)])
  draft.events.push(event)
  draft.state.folded = folded.to
}

/** A segment's reasons are numbers worked out from signals: they go when the signals themselves would have gone. */
const isFoldable = async (draft: Draft, vault: Vault, config: Config, now: number): Promise<boolean> => {
  const { ledger, folded = 0 } = draft.state
  const longest = Math.max(0, ...Object.values(config.retention))
  if (!ledger || ledger.n - folded < 2) return false
  if (ledger.n - folded > MOST_ENTRIES) return true
  const { items } = await vault.read([ledgerKey(folded + 1), ledgerKey(folded + 2)])
  return items.some(({ value }) => (value as Entry).at < now - longest * DAY_MS)
}

const isOf =
  (category: Category) =>
  ({ key }: Item): boolean =>
    key.startsWith(`${SIGNALS}${category}/`)

const signalsIn = (items: Iterable<Item>): Signal[] => [...items].flatMap(({ value }) => value as Signal[])

const byKey = (items: readonly Item[]): Map<string, Item> => new Map(items.map(item => [item.key, item]))

/** Takes the place of what the draft was about to write under the key. */
const putInstead = ({ put, remove }: Draft, key: string, value: readonly Signal[]): void => {
  const i = put.findIndex(item => item.key === key)
  if (i >= 0) put.splice(i, 1)
  if (value.length) put.push({ key, value })
  else remove.push([key, `${key}\0`])
}

/** All signals as they will stand once the draft is written. */
const standing = async ({ put, remove }: Draft, vault: Vault): Promise<Item[]> => {
  const { items } = await vault.read([SIGNALS])
  const stay = items.filter(({ key }) => !remove.some(([from, to]) => key >= from && key < to))
  return [...byKey([...stay, ...put.filter(({ key }) => key.startsWith(SIGNALS))]).values()]
}

/** Days of a category that ran out since it was last looked at; undefined where that is not known: all there are. */
const ranOut = (days: number, now: number, tidied: number | undefined): number[] | undefined => {
  if (tidied === undefined) return undefined
  const oldest = tidied - days + 1
  return Array.from({ length: Math.min(days, Math.max(0, dayOf(now) - tidied)) }, (_, i) => oldest + i)
}

/** What was given is not known any more by itself, once it begins to go. */
const forgetGiven = ({ state: { fold } }: Draft, gone: readonly Signal[]): void => {
  const kinds = new Set<string>(gone.map(({ kind }) => kind))
  const seen = Object.entries(fold.seen ?? {})
  fold.seen = Object.fromEntries(seen.filter(([kind, since]) => since || !kinds.has(kind)))
}

/**
 * What is too old on disk is deleted by a sweep; here it is counted. What was about to be written is left out: last words may be of
 * a visit long ago. @returns whether anything went that a window may hold
 */
const byAge = async (draft: Draft, vault: Vault, config: Config, now: number): Promise<boolean> => {
  let held = false
  for (const category of CATEGORIES) {
    const days = config.retention[category] ?? 0
    const first = dayOf(now) - days + 1
    const out = ranOut(days, now, draft.state.tidied)
    const { items } = await vault.read(out ? out.map(day => dayPrefix(category, day)) : [`${SIGNALS}${category}/`])
    const old = [...items, ...draft.put.filter(isOf(category))].filter(({ key }) => key < dayPrefix(category, first))
    const gone = signalsIn(byKey(old).values())
    if (!gone.length) continue
    for (const { key } of old) putInstead(draft, key, [])
    draft.events.push({ type: 'deletion', why: 'age', what: `signals of ${category}`, count: gone.length })
    draft.state.count = Math.max(0, (draft.state.count ?? 0) - gone.length)
    const { session } = draft.state.fold
    if (category === 'account') forgetGiven(draft, gone)
    // What an account told may be older than any window; a session may have begun before midnight.
    if (category === 'account' || (session && dayOf(session.start) < first)) held = true
  }
  return held
}

/** The oldest go. @returns what is left, or nothing where there was room */
const bySize = (draft: Draft, items: readonly Item[]): Item[] | undefined => {
  const signals = signalsIn(items).sort((a, b) => a.at - b.at)
  draft.state.count = signals.length
  if (signals.length <= MOST_SIGNALS) return undefined
  const gone = new Set(signals.slice(0, signals.length - MOST_SIGNALS + ROOM))
  const left = items.map(({ key, value }) => ({ key, value: (value as Signal[]).filter(it => !gone.has(it)) }))
  for (const category of CATEGORIES) {
    const count = signalsIn(items.filter(isOf(category))).length - signalsIn(left.filter(isOf(category))).length
    if (count) draft.events.push({ type: 'deletion', why: 'size', what: `signals of ${category}`, count })
  }
  items.forEach(({ key, value }, i) => {
    const { value: stays } = left[i] as { value: Signal[] }
    if (stays.length < (value as Signal[]).length) putInstead(draft, key, stays)
  })
  // A window that reaches back into what was deleted is not known any more. The last of a kind is the latest.
  const latest = new Map([...gone].map(({ kind, at }) => [kind, dayOf(at)]))
  for (const [kind, day] of latest) {
    const { seen } = draft.state.fold
    draft.state.fold.seen = { ...seen, [kind]: Math.max(seen?.[kind] ?? seen?.all ?? 0, day + 1) }
  }
  draft.state.count = signals.length - gone.size
  return left
}

/** Sees to it on a draft whose step is done; where signals went that were folded, what is left is folded afresh. */
export const tidy = async (draft: Draft, { vault, config, model }: Rights['work'], now: number): Promise<void> => {
  const aged = await byAge(draft, vault, config, now)
  const full = (draft.state.count ?? Infinity) > MOST_SIGNALS
  if (aged || full) {
    const all = await standing(draft, vault)
    const left = full ? bySize(draft, all) : undefined
    if (aged || left) foldOnly(draft, model, left ?? all)
  }
  if (await isFoldable(draft, vault, config, now)) await foldLedger(draft, vault)
  draft.state.tidied = dayOf(now)
}
