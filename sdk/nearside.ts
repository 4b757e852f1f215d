/** The loader: reads what was decided, asks where nothing was, and runs what was allowed. Wires all of the page's side. */

import { type Grants, isLess, without } from '../core/consent.ts'
import { type Decision, decide, type Means } from '../core/decision.ts'
import { dateOf } from '../core/epoch.ts'
import type { ConfigFile, Update } from '../core/protocol/session.ts'
import { isGrant, STANDING_KEY } from '../core/standing.ts'
import type { ConsentState, Nearside, Segments } from './api.ts'
import type { showBanner } from './banner/banner.ts'
import { type Capture, startCapture } from './capture.ts'
import { editPage, readDecision, readPage, writeDecision } from './key.ts'
import { createListeners } from './listeners.ts'
import { ownOrigin } from './own-origin.ts'
import { personalize } from './personalize.ts'
import type { createSession, Session } from './session.entry.ts'

export interface Options {
  /** Address of the site's `nearside.json`, on the page's own origin. */
  readonly config: string
  /** Absolute address of any file beside the other Nearside files, on the page's own origin. */
  readonly base: string
}

/** Days that a refusal holds where the config is not known: as long as a yes by default. */
const SIX_MONTHS = 180

/** One line, for the developer: where the fault is and how to mend it. */
const warn = (problem: unknown): void => console.warn(`[nearside] ${(problem as Error).message ?? problem}`)

export const startNearside = (options: Options): Nearside => {
  const { emit, on } = createListeners()
  let file: ConfigFile | undefined
  let { needs: snapshot, segments = {}, tickets = [] } = readPage()
  let decision = readDecision()
  let capture: Capture | undefined
  let session: Promise<Session> | undefined
  let channel: BroadcastChannel | undefined
  let opened = false
  /** The latest decision that this page has captured under. */
  let known = 0
  /** A grant on its way to disk, which does not stand before it is proven there. */
  let granting: Decision | undefined

  const beside = (name: string): string => ownOrigin(`nearside-${name}.js`, options.base)
  const chunk = <T>(name: string): Promise<T> => import(/* @vite-ignore */ beside(name))

  const inForce = (): Decision | undefined => (decision && dateOf(Date.now()) < decision.expires ? decision : undefined)

  const isGranted = (): boolean => isGrant(inForce())

  const consent = (): ConsentState | null => {
    const it = inForce()
    return it ? { granted: it.grants, expires: it.expires, notice: it.notice } : null
  }

  const show = (latest: Segments): void => {
    if (snapshot?.expose === 'attribute') personalize(latest, segments)
    segments = latest
    emit('segments', segments)
  }

  const connect = (): Promise<Session> => {
    session ??= chunk<{ createSession: typeof createSession }>('session').then(it => it.createSession(update))
    return session
  }

  /** What the worker tells, asked or not. */
  const update = ({ problem, outdated, needs, segments: latest, acknowledged, decision: settled }: Update): void => {
    if (!capture) return
    if (problem) {
      // The visitor has answered all the same.
      remember()
      stop()
      warn(problem)
    } else if (outdated) reread()
    else {
      snapshot = needs ?? snapshot
      decision = settled ?? decision
      if (acknowledged) capture.acknowledge(acknowledged)
      if (latest) show(latest)
      if (settled || latest) remember()
    }
  }

  /** Writes what the next page starts from; a grant too, once the worker has it on disk, unless there is a later decision. */
  const remember = (): void => {
    if (granting && (readDecision()?.seq ?? 0) < granting.seq) writeDecision(decision)
    granting = undefined
    editPage({ needs: snapshot, segments: snapshot?.expose === 'attribute' ? segments : undefined })
  }

  /** Ends everything that a grant began, in the middle of whatever it does. */
  const stop = (): void => {
    capture?.stop()
    capture = granting = undefined
    void session?.then(it => it.end())
    session = undefined
    show({})
    editPage({ segments: undefined })
  }

  /**
   * Somebody has decided or deleted elsewhere. Stops first, and goes on only under a newer decision: a ping is faster than the
   * storage it speaks of, and the key may still show the grant that was just taken back.
   */
  const reread = (gone?: unknown): void => {
    stop()
    decision = readDecision()
    // A worker that was just starting may have made the database anew after it was deleted elsewhere.
    if (gone && !isGranted()) indexedDB.deleteDatabase(STANDING_KEY)
    emit('consent', consent())
    if (decision && decision.seq > known && isGranted()) run()
  }

  /** Captures at once; the worker comes up behind it. @param means how the visitor decided just now */
  const run = (means?: Means): void => {
    if (!channel) {
      channel = new BroadcastChannel(STANDING_KEY)
      channel.onmessage = ({ data }) => reread(data)
      addEventListener('storage', () => readDecision()?.seq === decision?.seq || reread())
      addEventListener('DOMContentLoaded', () => show(segments))
    }
    known = decision?.seq ?? 0
    opened = false
    capture = startCapture(
      () => snapshot,
      inForce,
      batch => opened && ask(it => it.ingest(batch)),
      (kind, reason) => emit('refused', { kind, reason }),
    )
    open(means)
  }

  /** Gives the worker what it needs, as soon as there is all of it; from then on batches follow by themselves. */
  const open = (means?: Means): void => {
    const [config, current] = [file, decision]
    if (!capture || !config || !current) return
    const tail = capture.pending()
    opened = true
    ask(it => it.open({ config, decision: current, tail, ...(means && { means }) }))
  }

  /** Asks the worker, and takes its answer unless capture was stopped meanwhile. */
  const ask = (question: (session: Session) => Promise<Update>): void => {
    const asking = capture
    connect()
      .then(question)
      .catch((error): Update => ({ problem: error.message }))
      .then(answer => asking === capture && update(answer))
  }

  /** What the visitor chose. A grant is proven before it stands; a withdrawal stands before anything else. */
  const choose = async (grants: Grants, means: Means, notice?: string, latest = snapshot): Promise<void> => {
    const before = decision
    const days = latest?.days ?? SIX_MONTHS
    decision = decide(readDecision(), grants, notice ?? before?.notice ?? '', Date.now(), days)
    const [chosen, refused] = [decision, !isGrant(decision)]
    snapshot = latest
    if (refused || isLess(grants, before?.grants ?? {})) writeDecision(chosen)
    channel?.postMessage('')
    if (refused) {
      stop()
      if (before) await forget()
    } else {
      if (capture) ask(it => it.decide(chosen, means))
      else run(means)
      granting = chosen
    }
    emit('consent', consent())
  }

  const forget = (): Promise<void> =>
    connect()
      .then(it => it.forget(file))
      .then(() => channel?.postMessage(1))

  const erase = async (): Promise<void> => {
    const kept = isGrant(decision)
    decision = undefined
    writeDecision()
    channel?.postMessage('')
    stop()
    emit('consent', null)
    if (kept) await forget()
  }

  /** Shows the banner, or the choices behind it. */
  const invite = async (settings: boolean): Promise<void> => {
    if (!file) return
    const banner = await chunk<{ showBanner: typeof showBanner }>('banner')
    banner.showBanner(file, inForce()?.grants ?? {}, settings, (...chosen) => choose(...chosen).catch(warn))
  }

  const load = async (): Promise<void> => {
    if (isGranted()) {
      show(segments)
      run()
    } else stop()
    const url = ownOrigin(options.config)
    const answer = await fetch(url, { credentials: 'omit' })
    if (!answer.ok) throw `${url}: the server answered ${answer.status}. Put the config there.`
    file = { json: await answer.text(), url }
    // All that the page itself reads of it, so as not to carry the parser: another notice asks again.
    const notice = /"notice"\s*:\s*"([^"]*)"/.exec(file.json)?.[1]
    if (notice && inForce()?.notice === notice) open()
    else {
      stop()
      // Run out by its date: what it covered goes before anybody is asked again.
      if (decision && !inForce()) await erase()
      await invite(false)
    }
    emit('consent', consent())
    if (tickets.length) (await connect()).sendTickets()
  }

  // After this task, so that listeners queued by the stub hear of the first segments.
  const ready = Promise.resolve()
    .then(load)
    .catch(error => {
      stop()
      warn(error)
    })

  return {
    signal: (kind, fields) => {
      if (capture) capture.note(kind, fields)
      else emit('refused', { kind, reason: decision ? 'denied' : 'no-decision' })
    },
    segments: () => segments,
    on,
    consent,
    openPrivacyCenter: () => ready.then(() => invite(true)).catch(warn),
    exportData: () => ready.then(() => (capture ? connect().then(it => it.access()) : null)),
    withdraw: purpose => ready.then(() => choose(without(decision?.grants ?? {}, purpose), 'api')).catch(warn),
    erase: () => ready.then(erase).catch(warn),
  }
}
