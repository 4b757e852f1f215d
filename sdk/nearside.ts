/** The loader: reads what was decided, asks where nothing was, and runs what was allowed. Wires all of the page's side. */

import { type Grants, type Purpose, without } from '../core/consent.ts'
import { type Decision, decide, type Means } from '../core/decision.ts'
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
  let { needs: snapshot, segments = {}, tickets } = readPage()
  let decision = readDecision()
  let capture: Capture | undefined
  let session: Promise<Session> | undefined
  let channel: BroadcastChannel | undefined
  let opened = false
  /** Has capture gone on since the page began? Then what the page said before now may be looked at. */
  let granted = true
  /** The latest decision that this page has captured under. */
  let known = 0
  /** The site's notice, once its config is here. */
  let notice = ''

  const beside = (name: string): string => ownOrigin(`nearside-${name}.js`, options.base)
  const chunk = <T>(name: string): Promise<T> => import(/* @vite-ignore */ beside(name))

  // Asked for every signal: reading its date is half as dear as writing today's.
  const inForce = (): Decision | undefined =>
    decision && Date.now() < Date.parse(decision.expires) ? decision : undefined

  const isGranted = (): boolean => isGrant(inForce())

  const consent = (): ConsentState | null => {
    const it = inForce()
    if (!it) return null
    const { grants: granted, expires, notice } = it
    return { granted, expires, notice }
  }

  const show = (latest: Segments): void => {
    if (snapshot?.expose === 'attribute') personalize(latest, segments)
    segments = latest
    emit('segments', segments)
  }

  const begin = (): Promise<Session> =>
    chunk<{ createSession: typeof createSession }>('session').then(it =>
      it.createSession(update, () => capture, granted),
    )

  const connect = (): Promise<Session> => {
    session ??= begin()
    return session
  }

  /** Tells the other tabs the `seq` of a decision, or, once everything is deleted, that it is. */
  const ping = (news: number | 'gone'): void => {
    channel ??= new BroadcastChannel(STANDING_KEY)
    channel.postMessage(news)
  }

  /** What the worker tells, asked or not. */
  const update = ({ problem, outdated, needs, segments: latest, acknowledged, decision: settled }: Update): void => {
    if (!capture) return
    if (problem) {
      stop()
      warn(problem)
    } else if (outdated) reread()
    else {
      snapshot = needs ?? snapshot
      // An answer to what was asked before the latest choice says nothing of it.
      if (settled && settled.seq >= (decision?.seq ?? 0)) decision = settled
      if (acknowledged) capture.acknowledge(acknowledged)
      if (latest) {
        show(latest)
        editPage({ needs: snapshot, segments: snapshot?.expose === 'attribute' ? segments : undefined })
      }
    }
  }

  /** Ends everything that a grant began, in the middle of whatever it does. */
  const stop = (): void => {
    capture?.stop()
    capture = undefined
    granted = false
    session?.then(
      it => it.end(),
      () => {},
    )
    session = undefined
    show({})
    editPage({ needs: undefined, segments: undefined })
  }

  /**
   * Somebody has decided or deleted elsewhere. Stops first, and goes on only under a newer decision: a ping is faster than the
   * storage it speaks of, and the key may still show the grant that was just taken back.
   */
  const reread = (news?: unknown): void => {
    // Heard before.
    if (capture && news === decision?.seq) return
    stop()
    known = Math.max(known, decision?.seq ?? 0)
    decision = readDecision()
    // A worker that was just starting may have made the database anew after it was deleted elsewhere.
    if (news === 'gone' && !isGranted()) indexedDB.deleteDatabase(STANDING_KEY)
    emit('consent', consent())
    if (decision && decision.seq > known && isGranted()) run()
  }

  /** Captures at once; the worker comes up behind it. @param means how the visitor decided just now */
  const run = (means?: Means): void => {
    channel ??= new BroadcastChannel(STANDING_KEY)
    channel.onmessage = ({ data }) => reread(data)
    addEventListener('DOMContentLoaded', () => show(segments))
    known = decision?.seq ?? 0
    opened = false
    capture = startCapture(
      () => snapshot,
      inForce,
      batch => opened && ask(it => it.ingest(batch)),
      (kind, reason, fields) =>
        connect().then(
          it => it.refuse(emit, kind, reason, fields),
          () => {},
        ),
    )
    open(means)
  }

  /** Gives the worker what it needs, as soon as there is all of it; from then on batches follow by themselves. */
  const open = (means?: Means): void => {
    if (!capture || !file || !decision) return
    const opening = { config: file, decision, tail: capture.pending(), means }
    opened = true
    ask(it => it.open(opening))
  }

  /** Asks the worker, and takes its answer unless capture was stopped meanwhile. */
  const ask = (question: (session: Session) => Promise<Update>): Promise<unknown> => {
    const asking = capture
    return connect()
      .then(question)
      .catch((error): Update => ({ problem: error.message }))
      .then(answer => asking === capture && update(answer))
  }

  /** What the visitor chose stands at once, for every tab; the worker puts it on the ledger. */
  const choose = async (
    grants: Grants,
    means: Means,
    noticed = decision?.notice ?? notice,
    latest = snapshot,
  ): Promise<void> => {
    const before = readDecision() ?? decision
    const chosen = decide(before, grants, noticed, Date.now(), latest?.days ?? SIX_MONTHS)
    decision = chosen
    snapshot = latest
    writeDecision(chosen)
    ping(chosen.seq)
    if (!isGrant(chosen)) {
      stop()
      // A worker of its own: whatever stops the other must not stop this one.
      if (before)
        await begin()
          .then(it => it.forget())
          .catch(warn)
      // Whatever became of the worker, the database goes.
      indexedDB.deleteDatabase(STANDING_KEY)
      ping('gone')
    } else if (capture) {
      // Once more when it is done: a tab that stopped may have read too early to go on.
      void ask(it => it.decide(chosen, means)).then(() => ping(chosen.seq))
    } else if (file) run(means)
    emit('consent', consent())
  }

  const withdraw = (purpose?: Purpose): Promise<void> =>
    choose(without((readDecision() ?? decision)?.grants ?? {}, purpose), 'api')

  /** Denies first, then forgets the refusal too. */
  const erase = async (): Promise<void> => {
    await withdraw()
    decision = undefined
    writeDecision()
    emit('consent', null)
  }

  /** Shows the banner, or the choices behind it. */
  const invite = async (settings: boolean): Promise<void> => {
    if (!file) return
    const banner = await chunk<{ showBanner: typeof showBanner }>('banner')
    banner.showBanner(file, inForce()?.grants ?? {}, settings, (...chosen) => choose(...chosen).catch(warn))
  }

  const load = async (): Promise<void> => {
    // Frames are somebody else's page, and a page that is only being prepared may never be looked at.
    if (top !== window) return
    if ((document as { prerendering?: boolean }).prerendering)
      await new Promise(go => document.addEventListener('prerenderingchange', go))
    if (isGranted()) {
      show(segments)
      run()
    } else stop()
    const url = ownOrigin(options.config)
    const answer = await fetch(url, { credentials: 'omit' })
    if (!answer.ok) throw `${url}: the server answered ${answer.status}. Put the config there.`
    file = { json: await answer.text(), url }
    // All that the page itself reads of it, so as not to carry the parser: another notice asks again.
    notice = /"notice"\s*:\s*"([^"]*)"/.exec(file.json)?.[1] ?? ''
    if (notice && inForce()?.notice === notice) open()
    else {
      stop()
      // Run out by its date: what it covered goes before anybody is asked again.
      if (decision && !inForce()) await erase()
      decision = undefined
      await invite(false)
    }
    emit('consent', consent())
    if (tickets?.length) (await begin()).sendTickets()
  }

  // After this task, so that listeners queued by the stub hear of the first segments.
  const ready = Promise.resolve()
    .then(load)
    .catch(error => {
      stop()
      warn(error)
    })

  /** Asks the worker something of its own accord; null where nothing is granted, so that there is none. */
  const asked = <T>(act: (session: Session) => Promise<T>): Promise<T | null> =>
    ready.then(() => (capture ? connect().then(act) : null))

  return {
    signal: (kind, fields) => {
      if (capture) capture.note(kind, fields)
      else emit('refused', { kind, reason: decision ? 'denied' : 'no-decision' })
    },
    segments: () => segments,
    on,
    consent,
    openPrivacyCenter: () => ready.then(() => invite(true)).catch(warn),
    exportData: () => asked(it => it.access()),
    hydrate: signals => asked(it => it.hydrate(signals)),
    withdraw: purpose => withdraw(purpose).catch(warn),
    erase: () => erase().catch(warn),
  }
}
