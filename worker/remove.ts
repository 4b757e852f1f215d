/** Deletes part of what is kept, as the visitor asks: a category, a stretch of time, or both. */

import { CATEGORIES, type Category } from '../core/consent.ts'
import { dayOf } from '../core/epoch.ts'
import type { FoldState } from '../core/feature.ts'
import { fault, integer, object, oneOf, optional, type Parser } from '../core/parse.ts'
import { categoryOf, KIND_NAMES, type Signal } from '../core/signal.ts'
import { SIGNALS } from '../store/keys.ts'
import type { Item } from '../store/vault.ts'
import type { Draft } from './changes.ts'
import { forgetIds } from './correct.ts'
import { foldOnly } from './ingest.ts'
import type { Rights } from './rights.ts'
import { foldLedger } from './tidy.ts'

interface Scope {
  /** What the site gave of an account is in `account`, whatever its kind. */
  readonly category?: Category
  /** Milliseconds since 1970, both included. */
  readonly from?: number
  readonly to?: number
}

const LATEST = 7_258_118_400_000
const parseShape = object({
  category: optional(oneOf(CATEGORIES)),
  from: optional(integer(0, LATEST)),
  to: optional(integer(0, LATEST)),
})

/** @throws ParseError */
const parseScope: Parser<Scope> = (input, place) => {
  const scope = parseShape(input, place)
  if ((scope.from ?? 0) > (scope.to ?? LATEST)) fault(`${place}.from`, 'later than to', 'Give the earlier one first')
  return scope
}

/** A window that reaches back before `day` is not known any more, for kinds of the category. What was given is not known by itself. */
const unseen = (
  seen: FoldState['seen'],
  category: Category | undefined,
  day: number,
): NonNullable<FoldState['seen']> => {
  const all = seen?.all ?? 0
  if (!category) return { all: Math.max(all, day) }
  if (category === 'account')
    return Object.fromEntries(Object.entries(seen ?? { all }).filter(([kind, since]) => kind === 'all' || since > 0))
  const touched = KIND_NAMES.filter(kind => categoryOf(kind) === category)
  return { all, ...seen, ...Object.fromEntries(touched.map(kind => [kind, Math.max(seen?.[kind] ?? all, day)])) }
}

/** @returns how many signals were deleted */
export const remove = async (draft: Draft, given: unknown, { work, now }: Rights): Promise<number> => {
  const { category, from = 0, to = LATEST } = parseScope(given, 'scope')
  const { vault, model } = work
  const { items } = await vault.read([SIGNALS])
  const gone: Signal[] = []
  const left: Item[] = []
  const counts = new Map<string, number>()
  for (const { key, value } of items) {
    const signals = value as Signal[]
    const own = key.split('/')[1] as Category
    const stays = signals.filter(({ at }) => (category && own !== category) || at < from || at > to)
    left.push({ key, value: stays })
    if (stays.length === signals.length) continue
    gone.push(...signals.filter(signal => !stays.includes(signal)))
    counts.set(own, (counts.get(own) ?? 0) + signals.length - stays.length)
    if (stays.length) draft.put.push({ key, value: stays })
    else draft.remove.push([key, `${key}\0`])
  }
  if (!gone.length) return 0
  for (const [of, count] of counts)
    draft.events.push({ type: 'deletion', why: 'visitor', what: `signals of ${of}`, count })
  draft.state.fold.seen = unseen(draft.state.fold.seen, category, dayOf(Math.min(to, now)) + 1)
  draft.state.count = Math.max(0, (draft.state.count ?? 0) - gone.length)
  await forgetIds(draft, vault, gone)
  foldOnly(draft, model, left)
  // What was worked out from them stands on the ledger as reasons.
  await foldLedger(draft, vault)
  return gone.length
}
