/** A session as a file that can be handed on: it holds no secrets, and says what it holds. */

import type { Happening, RecordedSession, State } from '../../../core/protocol/devtools.ts'
import { counted } from '../../../view/format.ts'
import { createRedaction } from './redact.ts'

/** What a file made of these would hold, a line each. */
export const contentsOf = (happenings: readonly Happening[], states: readonly State[]): string[] => {
  const of = (what: Happening['what']): number => happenings.filter(it => it.what === what).length
  const kept = states.at(-1)?.kept
  return [
    counted(of('load'), 'page'),
    `${counted(of('signal'), 'signal')} as noted, and ${counted(of('refused'), 'refusal')} without what was refused`,
    `${counted(of('call'), 'call')} of the worker, and ${counted(of('request'), 'request')}`,
    ...(kept
      ? [
          `what is kept of the visitor on this device: ${counted(kept.signals.length, 'signal')}, features, segments, ${counted(kept.ledger.length, 'ledger entry', 'ledger entries')}`,
        ]
      : []),
    'the site’s config and model, which are public',
    'Without keys, pseudonyms, tokens, order ids, digests, and what follows a ? in an address',
  ]
}

/** @param made milliseconds since 1970 */
export const record = (happenings: readonly Happening[], states: readonly State[], made: number): RecordedSession => {
  const redaction = createRedaction()
  return {
    v: 1,
    made,
    holds: contentsOf(happenings, states),
    happenings: happenings.map(redaction.happening),
    states: states.map(redaction.state),
  }
}

/** As JSON, each on a line of its own, with what belongs between them. */
export function* listed<T>(all: readonly T[], redacted: (it: T) => T = it => it): Generator<string> {
  for (const [i, it] of all.entries()) yield `${i ? ',' : ''}\n${JSON.stringify(redacted(it))}`
}

/** The same as the text of a file, a line a row: whoever has many can pause between them. */
export function* linesOf(happenings: readonly Happening[], states: readonly State[], made: number): Generator<string> {
  const redaction = createRedaction()
  const head = JSON.stringify({ v: 1, made, holds: contentsOf(happenings, states) })
  yield `${head.slice(0, -1)},"happenings":[`
  yield* listed(happenings, redaction.happening)
  yield '],"states":['
  yield* listed(states, redaction.state)
  yield ']}\n'
}

/** `nearside-fernhollow-2026-11-22.json`. */
export const fileName = (site: string, made: number, what = 'session', ending = 'json'): string =>
  `nearside-${what}-${site}-${new Date(made).toISOString().slice(0, 10)}.${ending}`
