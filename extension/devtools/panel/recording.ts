/** A session as a file that can be handed on: it holds no secrets, and says what it holds. */

import type { Happening, RecordedSession, State } from '../../../core/protocol/devtools.ts'
import { counted } from '../../../view/format.ts'
import { createRedaction } from './redact.ts'

const without = 'Without keys, pseudonyms, tokens, order ids, digests, and what follows a ? in an address'

/** What is in it, a line each. */
const contents = (happenings: readonly Happening[], states: readonly State[], secrets: number): string[] => {
  const of = (what: Happening['what']): number => happenings.filter(it => it.what === what).length
  const kept = states.at(-1)?.kept
  return [
    counted(of('load'), 'page', 'pages'),
    `${counted(of('signal'), 'signal')} as noted, and ${counted(of('refused'), 'refusal')} without what was refused`,
    `${counted(of('call'), 'call')} of the worker, and ${counted(of('request'), 'request')}`,
    ...(kept
      ? [
          `what is kept of the visitor on this device: ${counted(kept.signals.length, 'signal')}, features, segments, ${counted(kept.ledger.length, 'ledger entry', 'ledger entries')}`,
        ]
      : []),
    'the site’s config and model, which are public',
    `${counted(secrets, 'pseudonym')} or token replaced`,
    without,
  ]
}

/** @param made milliseconds since 1970 */
export const record = (happenings: readonly Happening[], states: readonly State[], made: number): RecordedSession => {
  const redaction = createRedaction()
  const told = happenings.map(redaction.happening)
  const stood = states.map(redaction.state)
  return { v: 1, made, holds: contents(told, stood, redaction.secrets()), happenings: told, states: stood }
}

/** `nearside-fernhollow-2026-11-22.json`. */
export const fileName = (site: string, made: number, what = 'session', ending = 'json'): string =>
  `nearside-${what}-${site}-${new Date(made).toISOString().slice(0, 10)}.${ending}`
