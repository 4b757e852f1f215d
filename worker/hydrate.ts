/**
 * A signed-in customer's own past orders, given by the site: folded here, kept as such, and never taken twice. A file of its
 * own, which the worker loads when a site first gives some.
 */

import type { Config } from '../core/config.ts'
import { holds, type Pairs, PURPOSES } from '../core/consent.ts'
import { needed } from '../core/needed.ts'
import { fault } from '../core/parse.ts'
import type { Hydration } from '../core/protocol/session.ts'
import { categoryOf, parseSignal, type Signal } from '../core/signal.ts'
import { signalsIn } from '../store/access.ts'
import { FORGOTTEN, givenKey, SIGNALS } from '../store/keys.ts'
import type { Draft } from './changes.ts'
import { foldOnly } from './ingest.ts'
import type { Rights } from './rights.ts'

/** What the account tells may be used for a purpose only where both it and what it tells of are granted for that purpose. */
const mayHydrate = (pairs: Pairs, kind: Signal['kind']): boolean => {
  const granted = PURPOSES.filter(purpose => holds(pairs, purpose, categoryOf(kind)))
  return granted.length > 0 && granted.every(purpose => holds(pairs, purpose, 'account'))
}

const read = (input: unknown, place: string, config: Config, pairs: Pairs, now: number): Signal => {
  const signal = parseSignal(input, place)
  const { id } = signal
  if (!id) return fault(`${place}.id`, 'nothing is there', "Give the order's own id")
  if (signal.at > now) fault(`${place}.at`, 'it is yet to come', 'Give what has happened')
  if (!mayHydrate(pairs, signal.kind)) fault(place, 'not granted', 'The visitor must grant account and its category')
  const kept = needed(config.needs, signal) ?? fault(place, 'no feature needs it', 'Leave it out')
  return { ...kept, id }
}

/** Takes in what is new; from then on everything of the kinds given counts as known. */
export const hydrate = async (
  draft: Draft,
  given: unknown,
  { now, work: { vault, model, config } }: Rights,
): Promise<Hydration> => {
  if (!Array.isArray(given)) return { kept: 0, known: 0, refused: ['hydrate: not a list. Give a list of signals.'] }
  const { items } = await vault.read([SIGNALS, FORGOTTEN])
  const gone = items.find(({ key }) => key === FORGOTTEN)?.value as readonly string[] | undefined
  const ids = new Set([...signalsIn(items).map(({ id }) => id), ...(gone ?? [])])
  const fresh: Signal[] = []
  const kinds = new Set<Signal['kind']>()
  const lacking = new Set<Signal['kind']>()
  const refused: string[] = []
  for (const [i, input] of given.entries()) {
    try {
      const signal = read(input, `hydrate[${i}]`, config, draft.head.pairs as Pairs, now)
      const id = signal.id as string
      if (!ids.has(id)) fresh.push(signal)
      // What the visitor took out does not come back; what is left of its kind is not all there was.
      if (gone?.includes(id)) lacking.add(signal.kind)
      kinds.add(signal.kind)
      ids.add(id)
    } catch (error) {
      refused.push((error as Error).message)
    }
  }
  if (fresh.length) {
    draft.put.push({ key: givenKey(now, draft.head.commit + 1), value: fresh })
    draft.state.count = (draft.state.count ?? 0) + fresh.length
    foldOnly(draft, model, items, fresh)
  }
  const { seen } = draft.state.fold
  const told = [...kinds].filter(kind => seen?.[kind] !== 0 && !lacking.has(kind))
  if (told.length) draft.state.fold.seen = { ...seen, ...Object.fromEntries(told.map(kind => [kind, 0])) }
  return { kept: fresh.length, known: given.length - fresh.length - refused.length, refused }
}
