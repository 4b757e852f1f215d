/**
 * A signed-in customer's own past orders, given by the site: folded here, kept as such, and never taken twice. A file of its
 * own, which the worker loads when a site first gives some.
 */

import type { Config } from '../core/config.ts'
import { holds, type Pairs, PURPOSES } from '../core/consent.ts'
import type { Model } from '../core/model.ts'
import { needed } from '../core/needed.ts'
import { fault } from '../core/parse.ts'
import type { Hydration } from '../core/protocol/session.ts'
import { categoryOf, parseSignal, type Signal } from '../core/signal.ts'
import { signalsIn } from '../store/access.ts'
import { GIVEN, givenKey } from '../store/keys.ts'
import type { Vault } from '../store/vault.ts'
import type { Draft } from './changes.ts'
import type { refold as Refold } from './ingest.ts'

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

/** Takes in what is new; from then on everything of these kinds counts as known. */
export const hydrate = async (
  draft: Draft,
  inputs: readonly unknown[],
  now: number,
  { vault, model, config }: { readonly vault: Vault; readonly model: Model; readonly config: Config },
  refold: typeof Refold,
): Promise<Hydration> => {
  const ids = new Set(signalsIn((await vault.read([GIVEN])).items).map(signal => signal.id))
  const fresh: Signal[] = []
  const refused: string[] = []
  for (const [i, input] of inputs.entries()) {
    try {
      const signal = read(input, `hydrate[${i}]`, config, draft.head.pairs as Pairs, now)
      if (!ids.has(signal.id)) fresh.push(signal)
      ids.add(signal.id)
    } catch (error) {
      refused.push((error as Error).message)
    }
  }
  if (fresh.length) {
    draft.put.push({ key: givenKey(now, draft.head.commit + 1), value: fresh })
    for (const { kind } of fresh) draft.state.fold.seen = { ...draft.state.fold.seen, [kind]: 0 }
    await refold(draft, model, vault, fresh)
  }
  return { kept: fresh.length, known: inputs.length - fresh.length - refused.length, refused }
}
