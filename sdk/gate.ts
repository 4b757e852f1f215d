/** Admits a signal, or refuses it with a reason. Nothing passes but what was granted and what a feature needs. */

import type { Snapshot } from '../core/config.ts'
import type { Decision } from '../core/decision.ts'
import { keptOf } from '../core/needed.ts'
import type { Signal } from '../core/signal.ts'
import { isGrant } from '../core/standing.ts'
import type { Reason } from './api.ts'

/** A number that counts something, a word, or nothing: what a signal may hold. The worker looks closer, field by field. */
const isSound = (value: unknown = 0): boolean =>
  typeof value === 'string' ? /^[\w-]{1,32}$/.test(value) : Number.isSafeInteger(value) && (value as number) >= 0

/** What is kept of the signal, or why nothing is. @param decision the one in force; it may have run out since capture began */
export const admit = (signal: Signal, decision: Decision | undefined, needs: Snapshot['needs']): Signal | Reason => {
  if (!decision) return 'expired'
  const need = needs.find(({ kind }) => kind === signal.kind)
  if (!need) return 'unneeded'
  if (!isGrant(decision, need.category)) return 'denied'
  return need.fields.every(field => isSound(signal[field])) ? (keptOf(need, signal) ?? 'unneeded') : 'invalid'
}
