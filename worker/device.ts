/** Everything the device does, with the world as parameters. `main.ts` wires the browser's; a simulation wires its own. */

import { drawArm } from '../core/arm.ts'
import type { Config, Snapshot } from '../core/config.ts'
import { isLess, NONE } from '../core/consent.ts'
import { type Choice, type Decision, grantedBy } from '../core/decision.ts'
import { dayOf, epochOf } from '../core/epoch.ts'
import type { Model } from '../core/model.ts'
import type { Device, Update } from '../core/protocol/session.ts'
import type { Arm } from '../core/report.ts'
import type { Batch, WaitingTicket } from '../core/standing.ts'
import { nextTurn } from '../core/turn.ts'
import type { Vault } from '../store/vault.ts'
import { type Changes, createChanges, type Draft } from './changes.ts'
import { type Outgoing, plan, takeDue } from './delivery.ts'
import { createErasures, ticketsFor } from './erasure.ts'
import { assess, folded, shownSegments, takeIn } from './ingest.ts'
import { isFinal, nextLook, settle } from './reporter.ts'
import { settleAll, tidyOnceADay } from './settle.ts'
import { noticeIn, openSite, readSite } from './site-files.ts'
import type { World } from './world.ts'

/** A new epoch's key is made when a page has come to rest: all that is kept is read and written again for it. */
const RENEW_AFTER_MS = 3000

interface Work extends Pick<World, 'records'> {
  readonly config: Config
  readonly model: Model
  readonly vault: Vault
  readonly arm: Arm | undefined
  readonly snapshot: Snapshot
  readonly changes: Changes
  readonly watch: (update: Update) => void
}

type Step = (draft: Draft, current: Work) => Promise<boolean>

const OUTDATED: Update = { outdated: true }

export const createDevice = (world: World): Device => {
  const { clock, random, transport, records } = world
  const erasures = createErasures(clock, random, transport)
  let work: Work | undefined
  let decision: Decision | undefined
  let signal = world.optedOut
  const optsOut = (it: Decision | undefined): boolean => Boolean(signal && !it?.gpc)
  let callOff = (): void => {}
  let queue: Promise<unknown> = Promise.resolve()

  /** One call at a time: what a page asks for second never overtakes what it asked for first. */
  const inTurn = <T>(now: number, act: () => Promise<T>): Promise<T> => {
    clock.stamp(now)
    const turn = queue.then(act)
    queue = turn.catch(() => {})
    return turn
  }

  const stop = (): Work | undefined => {
    const stopped = work
    callOff()
    work = undefined
    return stopped
  }

  /** Somebody deletes or takes over the database: nothing more is done until the page has read the decision again. */
  const onClosed = (): void => stop()?.watch(OUTDATED)

  /**
   * Runs `step`, assesses, plans reports, and commits all of it at once; then sends what is due. Nothing is written, and
   * undefined returned, unless the decision held here is the very one on disk, and in force.
   */
  const advance = async (
    now: number,
    step: Step = async () => false,
  ): Promise<{ draft: Draft; moved: boolean; current: Work } | undefined> => {
    const current = work
    if (!current) return undefined
    const { config, model, vault, changes } = current
    let [moved, allowed] = [false, false]
    let due: Outgoing[] = []
    const draft = await changes.change(now, async draft => {
      let wrote = await folded(draft, current, now, () => step(draft, current))
      if (await tidyOnceADay(draft, current, now)) wrote = true
      allowed = draft.head.seq === decision?.seq && grantedBy(decision, now, config.notice) !== NONE
      if (!allowed) return false
      moved = assess(draft, model, now)
      if (decision?.paused || optsOut(decision)) return wrote || moved
      const planned = await plan(draft, now, { ...current, cipher: vault.cipher, random })
      due = takeDue(draft, config, random, now)
      return wrote || moved || planned || due.length > 0
    })
    if (!allowed) return undefined
    for (const report of due) void deliver(report)
    lookAgain(draft, current)
    return { draft, moved, current }
  }

  const deliver = async ({ segmentation, url, body, epoch, seq }: Outgoing): Promise<void> => {
    const status = await transport.post(url, body)
    if (!isFinal(status)) return
    const now = clock.now()
    await inTurn(now, async () => {
      await work?.changes.change(now, async draft => {
        const state = draft.state.reports[segmentation]
        if (state) draft.state.reports[segmentation] = settle(state, body, status)
        draft.events.push({ type: 'answer', segmentation, epoch, seq, status })
        return draft.head.seq === decision?.seq
      })
    }).catch(() => {})
  }

  const lookAgain = (draft: Draft, { config, model }: Work): void => {
    callOff()
    const now = clock.now()
    // In a pause only at midnight: what grows too old goes all the same.
    const { paused } = decision ?? {}
    const turn = paused ? Infinity : nextTurn(model, draft.state.fold, draft.state.since, now)
    const next = nextLook(paused || optsOut(decision) ? [] : Object.values(draft.state.reports), config, turn, now)
    callOff = clock.after(Math.max(0, next - now), () => void look().catch(() => {}))
  }

  /** Nobody called: what changes meanwhile is told through `watch`. @param anew whether or not it changed here */
  const look = async (step?: Step, anew = false): Promise<void> => {
    const now = clock.now()
    const done = await inTurn(now, () => advance(now, step))
    if (!done) stop()?.watch(OUTDATED)
    else if (done.moved || anew) done.current.watch({ segments: shownSegments(done.draft, done.current) })
  }

  const renew: Step = async (draft, { vault }) => (await records()).overhaul(vault, draft, clock.now())

  const forget = async (now: number): Promise<readonly WaitingTicket[]> => {
    const vault = stop()?.vault ?? (await world.openVault(() => {}))
    // A ledger that cannot be read must not keep anything from being deleted.
    const tickets = await ticketsFor(vault, now).catch(() => [])
    await vault.destroy()
    return tickets
  }

  const taken = (batches: readonly Batch[]): Pick<Update, 'acknowledged'> => ({
    acknowledged: batches.map(({ page, n }) => ({ page, n })),
  })

  const settling =
    (brought: Decision, choice: Choice | undefined, now: number) => async (draft: Draft, current: Work) => {
      const settled = await settleAll(draft, brought, choice, now, current, optsOut(brought))
      decision = settled.decision
      return settled.changed
    }

  return {
    open: ({ config: file, decision: brought, choice, tail, optedOut, now }, watch) =>
      inTurn(now, async () => {
        stop()?.vault.close()
        signal = world.optedOut || optedOut
        // No database is made for what is no grant at all, whatever the page took it for.
        if (grantedBy(brought, now, noticeIn(file)) === NONE) return OUTDATED
        let opened: Awaited<ReturnType<typeof openSite>>
        try {
          opened = await openSite(world, file, onClosed, now)
        } catch (error) {
          return { problem: (error as Error).message }
        }
        const { vault, site, news } = opened
        const { config, model, snapshot } = site.read
        const arm = config.control ? await drawArm(vault.cipher, config.site, config.control) : undefined
        work = { config, model, snapshot, vault, arm, changes: createChanges(vault, records), watch, records }
        const done = await advance(now, async (draft, current) => {
          await settling(brought, choice, now)(draft, current)
          if (news) await (await records()).adopt(draft, news, vault, now)
          draft.state.fold.seen ??= { all: dayOf(now) }
          // What is paused takes nothing in, be it of before.
          if (!decision?.paused) await takeIn(draft, tail, decision, current)
          return true
        })
        if (!done || !decision) return OUTDATED
        if (done.draft.state.keyed !== epochOf(now)) clock.after(RENEW_AFTER_MS, () => void look(renew).catch(() => {}))
        const segments = shownSegments(done.draft, done.current)
        return decision.paused ? { needs: snapshot } : { needs: snapshot, segments, ...taken(tail) }
      }),

    ingest: (batch, now) =>
      inTurn(now, async () => {
        const done = await advance(now, async (draft, current) => {
          await takeIn(draft, [batch], decision, current)
          return true
        })
        if (!done) return OUTDATED
        return { ...(done.moved ? { segments: shownSegments(done.draft, done.current) } : {}), ...taken([batch]) }
      }),

    decide: (brought, choice, now) =>
      inTurn(now, async () => {
        const { grants = {} } = decision ?? {}
        const done = await advance(now, settling(brought, choice, now)).catch(async (error: Error) => {
          // On a full disk less cannot be written, but it can be deleted: what is denied must not stay.
          if (!isLess(brought.grants, grants)) throw error
          return { problem: error.message, tickets: await forget(now) }
        })
        if (!done || !decision) return OUTDATED
        if ('problem' in done) return done
        const forgotten = grants.measurement?.length && !decision.grants.measurement?.length
        return {
          needs: done.current.snapshot,
          segments: shownSegments(done.draft, done.current),
          ...(forgotten ? { tickets: await ticketsFor(done.current.vault, now) } : {}),
        }
      }),

    ask: (verb, given, now) =>
      inTurn(now, async () => {
        const { RIGHTS } = await records()
        let told: Update = {}
        const answer = await RIGHTS[verb](
          {
            work,
            now,
            decision,
            advance: async step => {
              const done = await advance(now, step)
              told = done ? { segments: shownSegments(done.draft, done.current) } : OUTDATED
              if (done?.draft.events[0]) world.tell?.()
            },
            readSite: async file => (await readSite(world, file, now)).site.read,
          },
          given,
        )
        return { ...told, answer }
      }),

    reread: () => look(undefined, true),

    erase: now => inTurn(now, () => forget(now)),

    send: (tickets, now, answered) => {
      clock.stamp(now)
      return erasures.send(tickets, answered)
    },
  }
}
