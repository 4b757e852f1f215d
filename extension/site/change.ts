/** Decides, pauses, sets right and deletes in part, with the worker's own code; what became of it is seen by looking again. */

import { categoriesIn, type Grants, grantsOf, NONE, type Pairs, pairsOf, product, spared } from '../../core/consent.ts'
import { type Decision, decide, grantedBy, inForce } from '../../core/decision.ts'
import { mayReceive } from '../../core/recipient.ts'
import type { Vault } from '../../store/vault.ts'
import { createChanges } from '../../worker/changes.ts'
import { hush } from '../../worker/delivery.ts'
import { ticketsFor } from '../../worker/erasure.ts'
import { assess, folded } from '../../worker/ingest.ts'
import { overhaul } from '../../worker/overhaul.ts'
import type { Hand } from '../../worker/rights.ts'
import { SETTING_RIGHT } from '../../worker/set-right.ts'
import { settleAll } from '../../worker/settle.ts'
import type { Change, Changed, Scope } from '../request.ts'
import { perform, termOf } from './act.ts'
import { filesIn, withKept, workWith } from './kept.ts'
import { addTickets, keepOnlyTickets, ping, pingWorkers, writeDecision } from './key.ts'
import { look } from './look.ts'
import { optedOut, readStanding } from './remains.ts'
import { trimTails } from './trim-tails.ts'

type Outcome = Omit<Changed, 'sight'>

const LONGEST_PROBLEM = 300
const REFUSED = { outdated: { count: 0, refused: 'outdated' }, none: { count: 0, refused: 'not-granted' } } as const
const MORE: Outcome = { count: 0, refused: 'not-offered' }

const unwritable = (count: number, error: unknown): Outcome => ({
  count,
  refused: 'unwritable',
  problem: ((error as Error | null)?.message || 'unknown').slice(0, LONGEST_PROBLEM),
})

/** A decision that grants something today, paused or not. */
const standing = (now: number): Decision | undefined => {
  const it = readStanding()
  return it && inForce(it, now, it.notice) && categoriesIn(it.grants).length ? it : undefined
}

/** What the worker's device lends for a right, but nothing is planned or sent: that is left to the site's own page. */
const handOn = async (vault: Vault, stands: Decision, now: number): Promise<Hand> => {
  const work = workWith(vault, await filesIn(vault))
  const changes = createChanges(vault, async () => ({ overhaul }))
  const withheld = Boolean(optedOut() && !stands.gpc)
  return {
    ...{ work, now, decision: stands },
    advance: step =>
      changes.change(now, async draft => {
        const { decision, changed } = await settleAll(draft, stands, undefined, now, work, withheld)
        const wrote = await folded(draft, work, now, () => step(draft, work))
        if (grantedBy(decision, now, decision.notice) === NONE) return false
        const moved = assess(draft, work.model, now)
        if (changed) hush(draft, work.model)
        return moved || wrote || changed
      }),
    readSite: async () => work,
  }
}

/** The key first, then word to every page, then the ledger and what is to be deleted: as the SDK does it in another tab. */
const stand = async (before: Decision, decision: Decision, now: number): Promise<Outcome> => {
  writeDecision(decision)
  keepOnlyTickets()
  ping(decision.seq)
  const forgets = before.grants.measurement?.length && !decision.grants.measurement?.length
  try {
    await withKept(async vault => {
      await (await handOn(vault, decision, now)).advance(async () => false)
      if (forgets) addTickets(await ticketsFor(vault, now))
    })
    return { count: 1 }
  } catch (error) {
    return unwritable(1, error)
  }
}

/** What the choice says beside its grants. Under the browser's opt-out signal it was made by name, if it goes beyond it. */
const besides = (before: Decision, grants: Grants) => ({
  gpc: (optedOut() && pairsOf(spared(grants)) !== pairsOf(grants)) || undefined,
  by: (before.by as number) >= 0 ? before.by : undefined,
  ...(before.paused ? { paused: true } : {}),
  means: 'extension' as const,
})

const decideOn = async ({ seq, grants, recipients }: Of<'decide'>, now: number): Promise<Outcome> => {
  const before = standing(now)
  if (!before) return REFUSED.none
  if (before.seq !== seq) return REFUSED.outdated
  const [had, wanted] = [pairsOf(before.grants), pairsOf(grants)]
  if (wanted === NONE) {
    await perform('withdraw', now)
    return { count: 1 }
  }
  const config = await withKept(async vault => (await filesIn(vault)).config).catch(() => undefined)
  // What was asked is known only of the notice that was answered.
  const offered = config?.notice === before.notice ? product(config.purposes, config.categories) : NONE
  if (wanted & ~had & ~offered) return MORE
  const named = { grants: grantsOf(wanted as Pairs), recipients: recipients ?? before.recipients }
  const receive = config?.recipients.flatMap(it => (mayReceive(named, it) ? it.name : [])) ?? []
  const chosen = { grants: named.grants, ...(receive.length ? { recipients: receive } : {}) }
  const made = decide(before, chosen, before.notice, now, termOf(config?.askAgainAfter))
  return stand(before, { ...made, ...besides(before, named.grants) }, now)
}

const pauseOn = async ({ paused }: Of<'pause'>, now: number): Promise<Outcome> => {
  // As it stands: what the browser's signal holds back for now is not taken back by a pause.
  const before = standing(now) && readStanding(false)
  if (!before) return REFUSED.none
  if (Boolean(before.paused) === paused) return { count: 0 }
  const { paused: _, ...rest } = before
  return stand(before, { ...rest, seq: before.seq + 1, means: 'extension', ...(paused ? { paused } : {}) }, now)
}

const exercise = async (verb: 'correct' | 'erase', given: unknown, now: number): Promise<Outcome> => {
  const stands = standing(now)
  if (!stands) return REFUSED.none
  try {
    const { count, refused } = await withKept(async vault =>
      SETTING_RIGHT[verb](await handOn(vault, stands, now), given),
    )
    if (refused) return { count, refused: 'unfit', problem: refused.slice(0, LONGEST_PROBLEM) }
    if (count) pingWorkers()
    return { count }
  } catch (error) {
    return unwritable(0, error)
  }
}

/** Last words of closed pages as well, which no worker has taken in yet. */
const removeFrom = async (scope: Scope, now: number): Promise<Outcome> => {
  if (!Object.keys(scope).length) return { count: 0, refused: 'unfit', problem: 'no category and no time is named' }
  const done = await exercise('erase', scope, now)
  return done.refused ? done : { count: done.count + trimTails(scope) }
}

type Of<A extends Change['ask']> = Extract<Change, { readonly ask: A }>

const outcome = (change: Change, now: number): Promise<Outcome> => {
  switch (change.ask) {
    case 'decide':
      return decideOn(change, now)
    case 'pause':
      return pauseOn(change, now)
    case 'correct':
      return exercise('correct', change.correction, now)
    case 'remove':
      return removeFrom(change.scope, now)
    default:
      return change satisfies never
  }
}

/** @param now milliseconds since 1970 */
export const makeChange = async (change: Change, now: number): Promise<Changed> => ({
  ...(await outcome(change, now)),
  sight: await look(now),
})
