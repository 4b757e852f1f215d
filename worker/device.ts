/** Everything the device does, with the world as parameters. `main.ts` wires the browser's; a simulation wires its own. */

import { type Config, snapshotOf } from '../core/config.ts'
import { NONE } from '../core/consent.ts'
import { type Decision, grantedBy } from '../core/decision.ts'
import { dayOf, MINUTE_MS } from '../core/epoch.ts'
import type { Model } from '../core/model.ts'
import type { Clock, Random, Transport } from '../core/ports.ts'
import type { Device, Hydration, Update } from '../core/protocol/session.ts'
import type { Batch } from '../core/standing.ts'
import type { SiteRecord } from '../store/access.ts'
import { SITE } from '../store/keys.ts'
import type { Vault } from '../store/vault.ts'
import { type Changes, createChanges, type Draft } from './changes.ts'
import { type Outgoing, plan, takeDue } from './delivery.ts'
import { createErasures, ticketsFor } from './erasure.ts'
import { assess, refold, shownSegments, takeIn } from './ingest.ts'
import type * as Records from './records.entry.ts'
import { isFinal, nextLook, settle } from './reporter.ts'
import { dropDenied, settleDecision, sweep } from './settle.ts'
import { admitModel, readConfig } from './site.ts'

export interface World {
  readonly clock: Clock & { stamp(now: number): void }
  readonly random: Random
  readonly transport: Transport
  /** The text of a file on the site's own origin. */
  readonly read: (url: string) => Promise<string>
  readonly openVault: (onClosed: () => void) => Promise<Vault>
  /** What is seldom asked for, and loaded when it is. */
  readonly records: () => Promise<typeof Records>
}

/** How often a segment that depends on the time since something is looked at again. */
const LOOK_AGAIN_MS = MINUTE_MS

interface Work {
  readonly config: Config
  readonly model: Model
  readonly vault: Vault
  readonly changes: Changes
  readonly watch: (update: Update) => void
}

const OUTDATED: Update = { outdated: true }

export const createDevice = (world: World): Device => {
  const { clock, random, transport } = world
  const erasures = createErasures(clock, random, transport)
  let work: Work | undefined
  let decision: Decision | undefined
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
    step: (draft: Draft, current: Work) => Promise<boolean> = async () => false,
  ): Promise<{ draft: Draft; moved: boolean; current: Work } | undefined> => {
    const current = work
    if (!current) return undefined
    const { config, model, vault, changes } = current
    let moved = false
    let allowed = false
    let due: Outgoing[] = []
    const draft = await changes.change(now, async draft => {
      const wrote = await step(draft, current)
      allowed = draft.head.seq === decision?.seq && grantedBy(decision, now, config.notice) !== NONE
      if (!allowed) return false
      moved = assess(draft, model, now)
      const planned = await plan(draft, now, { config, model, cipher: vault.cipher, random })
      due = takeDue(draft, config, random, now)
      return wrote || moved || planned || due.length > 0
    })
    if (!allowed) return undefined
    for (const report of due) void deliver(report)
    lookAgain(draft, current)
    return { draft, moved, current }
  }

  const deliver = async ({ segmentation, url, body, seq }: Outgoing): Promise<void> => {
    const status = await transport.post(url, body)
    if (!isFinal(status)) return
    const now = clock.now()
    await inTurn(now, async () => {
      await work?.changes.change(now, async draft => {
        const state = draft.state.reports[segmentation]
        if (state) draft.state.reports[segmentation] = settle(state, body)
        draft.events.push({ type: 'answer', segmentation, seq, status })
        return draft.head.seq === decision?.seq
      })
    }).catch(() => {})
  }

  const lookAgain = (draft: Draft, { config, model }: Work): void => {
    callOff()
    const now = clock.now()
    const timed = model.features.some(spec => spec.aggregate === 'recency') ? now + LOOK_AGAIN_MS : Infinity
    const next = Math.min(
      timed,
      config.reports ? nextLook(Object.values(draft.state.reports), config.reports) : Infinity,
    )
    if (next < Infinity) callOff = clock.after(Math.max(0, next - now), () => void look().catch(() => {}))
  }

  /** Nobody called: what changes meanwhile is told through `watch`. */
  const look = async (): Promise<void> => {
    const now = clock.now()
    const done = await inTurn(now, () => advance(now))
    if (!done) stop()?.watch(OUTDATED)
    else if (done.moved) done.current.watch({ segments: shownSegments(done.draft, done.current) })
  }

  const taken = (batches: readonly Batch[]): Pick<Update, 'acknowledged'> => ({
    acknowledged: batches.map(({ page, n }) => ({ page, n })),
  })

  /** Settles the decision and deletes what it no longer allows. */
  const settling =
    (brought: Decision, means: Parameters<typeof settleDecision>[2]) =>
    async (draft: Draft, { model, vault }: Work) => {
      const before = draft.head
      decision = settleDecision(draft, brought, means)
      if (draft.head === before) return false
      await dropDenied(draft, model, vault)
      return true
    }

  return {
    open: ({ config: file, decision: brought, means, tail, now }, watch) =>
      inTurn(now, async () => {
        stop()?.vault.close()
        let json: string
        try {
          const config = readConfig(file)
          json = await world.read(config.model)
          const model = admitModel(json, config, now)
          const vault = await world.openVault(onClosed)
          work = { config, model, vault, changes: createChanges(vault), watch }
        } catch (error) {
          return { problem: (error as Error).message }
        }
        const done = await advance(now, async (draft, current) => {
          await settling(brought, means)(draft, current)
          sweep(draft, current.config, now)
          draft.put.push({ key: SITE, value: { config: file.json, model: json } satisfies SiteRecord })
          draft.state.fold.seen ??= { all: dayOf(now) }
          await takeIn(draft, tail, current)
          return true
        })
        if (!done || !decision) return OUTDATED
        const segments = shownSegments(done.draft, done.current)
        return { needs: snapshotOf(done.current.config), segments, decision, ...taken(tail) }
      }),

    ingest: (batch, now) =>
      inTurn(now, async () => {
        const done = await advance(now, async (draft, current) => {
          await takeIn(draft, [batch], current)
          return true
        })
        if (!done) return OUTDATED
        return { ...(done.moved ? { segments: shownSegments(done.draft, done.current) } : {}), ...taken([batch]) }
      }),

    decide: (brought, means, now) =>
      inTurn(now, async () => {
        const measured = decision?.grants.measurement?.length
        const done = await advance(now, settling(brought, means))
        if (!done || !decision) return OUTDATED
        const forgotten = measured && !decision.grants.measurement?.length
        return {
          segments: shownSegments(done.draft, done.current),
          decision,
          ...(forgotten ? { tickets: await ticketsFor(done.current.vault, now) } : {}),
        }
      }),

    hydrate: (signals, now) =>
      inTurn(now, async () => {
        let hydration: Hydration = { kept: 0, known: 0, refused: ['nothing is granted'] }
        const records = await world.records()
        const done = await advance(now, async (draft, current) => {
          hydration = await records.hydrate(draft, signals, now, current, refold)
          return hydration.kept > 0
        })
        return { ...(done ? { segments: shownSegments(done.draft, done.current) } : OUTDATED), hydration }
      }),

    access: now =>
      inTurn(now, async () => {
        if (!work) throw new Error('nothing is kept here: nothing was granted')
        const { vault } = work
        return (await world.records()).readAccess(vault, decision, now)
      }),

    erase: now =>
      inTurn(now, async () => {
        const vault = stop()?.vault ?? (await world.openVault(() => {}))
        // A ledger that cannot be read must not keep anything from being deleted.
        const tickets = await ticketsFor(vault, now).catch(() => [])
        await vault.destroy()
        return tickets
      }),

    send: (tickets, now, answered) => {
      clock.stamp(now)
      return erasures.send(tickets, answered)
    },
  }
}
