/** What is seldom asked of a page: what is kept, what would be sent, a correction, a pause. Loaded when it is. */

import type { Snapshot } from '../core/config.ts'
import { categoriesIn, type Purpose, without } from '../core/consent.ts'
import type { Correction } from '../core/correction.ts'
import type { Choice, Decision } from '../core/decision.ts'
import type { Answers, ConfigFile } from '../core/protocol/session.ts'
import { isGrant, PAGE_KEY, print, STANDING_KEY } from '../core/standing.ts'
import type { ConsentState, Given, On, Scope } from './api.ts'
import { attempt } from './attempt.ts'
import type { Guard } from './buffer.ts'
import type { showCentre as show } from './centre/centre.ts'
import { explicit } from './consent/signal.ts'
import { readDecision, readPage, readWhole, writeDecision } from './key.ts'
import type { Session } from './session.entry.ts'

/** What the page lends for it, in order: names would be bytes in the loader. */
export type Hand = readonly [
  file: ConfigFile | undefined,
  /** The one in force: where it grants anything, a worker is at work. */
  decision: Decision | undefined,
  /** The worker that is at work. */
  connect: () => Promise<Session>,
  /** A worker of its own. */
  begin: () => Promise<Session>,
  choose: (choice: Choice, notice?: string, snapshot?: Snapshot) => Promise<void>,
  /** Stops, and goes on as the key then says. */
  reread: (news?: unknown) => void,
  guard: Guard,
  /** Stops what a grant began. */
  stop: () => void,
  on: On,
  consent: () => ConsentState | null,
  /** The `seq` up to which decisions are over: the key may show one that has been taken back. None where nothing was captured yet. */
  known: number,
]

/** What a worker answers, or null where it was ended before: whoever decides elsewhere ends it at once. */
const within = <T>({ over }: Session, answer: Promise<T>): Promise<T | null> =>
  Promise.race([over.then(() => null), answer])

/** A worker for one question, while nothing is captured. */
const alone = async <T>(begin: Hand[3], act: (session: Session) => Promise<T>): Promise<T | null> => {
  const session = await begin()
  try {
    return await within(session, act(session))
  } finally {
    session.end()
  }
}

/**
 * Where nothing is captured, in a pause or on a sensitive page. By the worker that stays, so that whoever decides meanwhile ends it: one
 * that only came up then would begin anew what was deleted.
 */
const uncaptured = async <T>(hand: Hand, act: (session: Session) => Promise<T>): Promise<T | null> => {
  const [file, , connect] = hand
  // Another tab may have decided a moment ago.
  const decision = readDecision()
  if (!file || !decision || decision.seq <= hand[10]) return null
  const session = await connect()
  const opened = await within(session, session.open({ config: file, decision, tail: [] }))
  if (!opened) return null
  const { problem, needs } = opened
  if (problem) throw new Error(problem)
  // Without a grant they are dropped with the rest; here they wait, so that a page goes on at once when the pause ends.
  if (decision.paused) attempt(() => localStorage.setItem(PAGE_KEY, print({ tickets: readPage().tickets, needs })))
  return within(session, act(session))
}

/** Tabs see each other's writes late: a page that has stopped goes on within this, where it does. */
const LATE_MS = 200

const asking =
  <V extends keyof Answers, G>(verb: V) =>
  async (hand: Hand, given?: G): Promise<Answers[V] | null> => {
    const [, decision, connect] = hand
    const act = (session: Session): Promise<Answers[V]> => session.ask(verb, given)
    const ask = async (tries: number): Promise<Answers[V] | null> => {
      const session = await connect()
      const answer = await within(session, act(session))
      // Somebody who allowed less elsewhere, or more, ended it: another is soon at work. What is only looked at may be asked twice.
      if (answer || given || !tries) return answer
      await new Promise(go => setTimeout(go, LATE_MS))
      return isGrant(readDecision()) ? ask(tries - 1) : null
    }
    if (isGrant(decision) && hand[10]) return ask(3)
    return isGrant(decision) || decision?.paused ? uncaptured(hand, act) : null
  }

/** Lets a decision stand that is no answer to the banner: every tab stops, and goes on as it says. */
const stand = async (hand: Hand, decision: Decision): Promise<void> => {
  writeDecision(decision)
  const channel = new BroadcastChannel(STANDING_KEY)
  channel.postMessage(decision.seq)
  channel.close()
  // Not as if nothing was said: a page that was still asking knows of no decision, and had heard nothing of this one before.
  hand[5](null)
  // On the ledger as well; what came next is told by the worker that goes on.
  if (decision.paused) await uncaptured(hand, async () => null)
}

/** Nothing is noted or sent until it is ended; what is kept stays, and can be seen, corrected and deleted. */
export const pause = async (hand: Hand, paused = true): Promise<void> => {
  const before = readWhole()
  if (!before || !categoriesIn(before.grants).length || !!before.paused === paused) return
  const { paused: _, means: _m, ...rest } = before
  await stand(hand, { ...rest, seq: before.seq + 1, ...(paused && { paused }) })
}

/** What waits for a page that has come up: tickets; and while all is paused, what has grown too old is deleted all the same. */
export const attend = async (hand: Hand): Promise<void> => {
  const [, decision, , begin] = hand
  if (decision?.paused) await uncaptured(hand, async () => null)
  if (readPage().tickets?.length) await alone(begin, session => session.sendTickets())
}

/** Takes one purpose back. A pause goes on. */
export const withdraw = async (hand: Hand, purpose: Purpose): Promise<void> => {
  const [, decision, , , choose] = hand
  const before = readDecision() ?? decision
  const grants = without(before?.grants ?? {}, purpose)
  const { by } = explicit(before)
  const some = !!categoriesIn(grants)[0]
  if (before?.paused && some) return stand(hand, { ...before, means: undefined, by, grants, seq: before.seq + 1 })
  // A refusal keeps nothing but the refusal.
  const kept = some ? { recipients: before?.recipients, gpc: before?.gpc } : {}
  return choose({ grants, ...kept, by })
}

/** Before a yes it is made of the site's files alone. */
export const previewReport = async (hand: Hand, _: unknown): Promise<Answers['previewReport'] | null> => {
  const [file, , , begin] = hand
  const known = await asking('previewReport')(hand)
  return known ?? (file ? alone(begin, session => session.ask('previewReport', file)) : null)
}

export const exportData = asking('exportData')
export const hydrate = asking<'hydrate', readonly Given[]>('hydrate')
export const correct = asking<'correct', Correction>('correct')
export const erase = asking<'erase', Scope>('erase')

/** The visitor's own view of all this; in a frame, which is somebody else's page, nothing. */
export const openPrivacyCenter = async (hand: Hand, _: unknown): Promise<void> => {
  if (top !== window) return
  const url = import.meta.url.replace('rights', 'centre')
  const { showCentre }: { showCentre: typeof show } = await import(/* @vite-ignore */ url)
  await showCentre(hand, { exportData, correct, erase, pause })
}
