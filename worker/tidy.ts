/**
 * Keeps what is kept small and no older than it may be, and says so on the ledger: signals past their retention, the oldest of
 * too many, and ledger entries whose numbers are as old as signals may get. Once a day, and when there is too much.
 */

import type { Config } from '../core/config.ts'
import { CATEGORIES, type Category } from '../core/consent.ts'
import { DAY_MS, dayOf } from '../core/epoch.ts'
import { type Entry, type Folded, foldEntries } from '../core/ledger.ts'
import { categoryOf, KIND_NAMES, type Signal } from '../core/signal.ts'
import { dayPrefix, LEDGER, ledgerKey, SIGNALS } from '../store/keys.ts'
import { MOST_SIGNALS } from '../store/state.ts'
import type { Item, Vault } from '../store/vault.ts'
import type { Draft } from './changes.ts'
import { foldOnly } from './ingest.ts'
import type { Rights } from './rights.ts'

/** Entries of a ledger before it is folded. */
const MOST_ENTRIES = 1000

/** Folds all of the ledger that is on disk. What the draft is about to write follows. */
export const foldLedger = async (draft: Draft, vault: Vault): Promise<void> => {
  const { items } = await vault.read([LEDGER])
  const before = items.find(({ key }) => key === ledgerKey(0))?.value as Folded | undefined
  const entries = items.filter(({ key }) => key !== ledgerKey(0)).map(({ value }) => value as Entry)
  if (!entries.length) return
  const { folded, event } = await foldEntries(vault.cipher, before, entries)
  draft.put.push({ key: ledgerKey(0), value: folded })
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

const signalsOf = (items: readonly Item[]): number =>
  items.reduce((sum, { value }) => sum + (value as Signal[]).length, 0)

/** Days of a category that ran out since it was last looked at; undefined where that is not known: all there are. */
const ranOut = (days: number, now: number, tidied: number | undefined): number[] | undefined => {
  const oldest = dayOf(now) - days + 1
  if (tidied === undefined) return undefined
  return Array.from({ length: Math.min(days, Math.max(0, dayOf(now) - tidied)) }, (_, i) => oldest - 1 - i)
}

const byAge = async (draft: Draft, vault: Vault, config: Config, now: number): Promise<void> => {
  for (const category of CATEGORIES) {
    const days = config.retention[category] ?? 0
    const first = dayOf(now) - days + 1
    const out = ranOut(days, now, draft.state.tidied)
    const prefixes = out ? out.map(day => dayPrefix(category, day)) : [`${SIGNALS}${category}/`]
    const { items } = await vault.read(prefixes)
    const count = signalsOf(items.filter(({ key }) => key < dayPrefix(category, first)))
    if (!count) continue
    draft.events.push({ type: 'deletion', why: 'age', what: `signals of ${category}`, count })
    draft.state.count = Math.max(0, (draft.state.count ?? 0) - count)
  }
}

/** Whole records go, the oldest days first. */
const bySize = async (draft: Draft, vault: Vault): Promise<Item[] | undefined> => {
  const { items } = await vault.read([SIGNALS])
  let count = signalsOf(items)
  draft.state.count = count
  if (count <= MOST_SIGNALS) return undefined
  const oldest = [...items].sort((a, b) => a.key.slice(-16).localeCompare(b.key.slice(-16)))
  const gone = new Map<Category, { count: number; day: number }>()
  const left = [...oldest]
  while (count > MOST_SIGNALS) {
    const { key, value } = left.shift() as Item
    const category = key.split('/')[1] as Category
    const n = (value as Signal[]).length
    count -= n
    gone.set(category, { count: (gone.get(category)?.count ?? 0) + n, day: Number(key.split('/')[2]) })
    draft.remove.push([key, `${key}\0`])
  }
  for (const [category, { count, day }] of gone) {
    draft.events.push({ type: 'deletion', why: 'size', what: `signals of ${category}`, count })
    // A window that reaches back into what was deleted is not known any more.
    for (const kind of KIND_NAMES.filter(kind => category === 'account' || categoryOf(kind) === category)) {
      const { seen } = draft.state.fold
      draft.state.fold.seen = { ...seen, [kind]: Math.max(seen?.[kind] ?? seen?.all ?? 0, day + 1) }
    }
  }
  draft.state.count = count
  return left
}

/** Sees to it on a draft whose step is done; where signals had to go for want of room, everything is folded afresh. */
export const tidy = async (draft: Draft, { vault, config, model }: Rights['work'], now: number): Promise<void> => {
  await byAge(draft, vault, config, now)
  const left = (draft.state.count ?? Infinity) > MOST_SIGNALS ? await bySize(draft, vault) : undefined
  if (left) {
    const fresh = new Map(draft.put.filter(({ key }) => key.startsWith(SIGNALS)).map(item => [item.key, item]))
    foldOnly(draft, model, [...left.filter(({ key }) => !fresh.has(key)), ...fresh.values()])
  }
  if (await isFoldable(draft, vault, config, now)) await foldLedger(draft, vault)
  draft.state.tidied = dayOf(now)
}
