/** The loader: reads what was decided, asks where nothing was, and runs what was allowed. Wires all of the page's side. */

import { grantsOf, NONE, type Pairs, without } from '../core/consent.ts'
import { type Decision, decide, type Means } from '../core/decision.ts'
import { dateOf } from '../core/epoch.ts'
import type { ConfigFile, Update } from '../core/protocol/session.ts'
import { STANDING_KEY } from '../core/standing.ts'
import type { ConsentState, Events, Nearside, Segments } from './api.ts'
import type { showBanner } from './banner/banner.ts'
import { type Capture, startCapture } from './capture.ts'
import { editKey, readKey } from './key.ts'
import { personalize } from './personalize.ts'
import type { createSession, Session } from './session.entry.ts'

export interface Options {
  /** Address of the site's `nearside.json`, on the page's own origin. */
  readonly config: string
  /** Address of any file beside the other Nearside files, on the page's own origin. */
  readonly base: string
}

type Listener = (detail: never) => void

/** Days that a refusal holds where the config is not known: as long as a yes by default. */
const SIX_MONTHS = 180

/** One line, for the developer: where the fault is and how to mend it. */
const warn = (problem: unknown): void => console.warn(`[nearside] ${(problem as Error).message ?? problem}`)

const own = (url: string, base: string | URL = document.baseURI): string => {
  const { origin, href } = new URL(url, base)
  if (origin !== location.origin) throw `${href} is on another origin. Serve it from ${location.origin}.`
  return href
}

export const startNearside = (options: Options): Nearside => {
  const listeners: { [event: string]: Listener[] } = {}
  let file: ConfigFile | undefined
  let { decision, needs: snapshot, segments = {}, tickets } = readKey()
  let capture: Capture | undefined
  let session: Promise<Session> | undefined
  let channel: BroadcastChannel | undefined
  let opened = false

  const emit = <E extends keyof Events>(event: E, detail: Events[E]): void => {
    for (const listener of listeners[event] ?? []) {
      // A listener's fault is its site's to see, and must not stop us or the others.
      queueMicrotask(() => listener(detail as never))
    }
  }
  const beside = (name: string): string => own(`nearside-${name}.js`, new URL(options.base, document.baseURI))
  const chunk = <T>(name: string): Promise<T> => import(/* @vite-ignore */ beside(name))

  const inForce = (): Decision | undefined => (decision && dateOf(Date.now()) < decision.expires ? decision : undefined)

  const consent = (): ConsentState | null => {
    const it = inForce()
    return it ? { granted: grantsOf(it.pairs), expires: it.expires, notice: it.notice } : null
  }

  const show = (latest: Segments): void => {
    if (snapshot?.expose === 'attribute') personalize(latest, segments)
    segments = latest
    emit('segments', segments)
  }

  const connect = (): Promise<Session> => {
    session ??= chunk<{ createSession: typeof createSession }>('session').then(it =>
      it.createSession(beside('worker'), update),
    )
    return session
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
      decision = settled ?? decision
      if (acknowledged) capture.acknowledge(acknowledged)
      if (latest && snapshot?.expose !== 'none') show(latest)
      if (settled || latest)
        editKey(key => ({
          ...key,
          decision,
          needs: snapshot,
          segments: snapshot?.expose === 'attribute' ? segments : undefined,
        }))
    }
  }

  /** Ends everything that a grant began, in the middle of whatever it does. */
  const stop = (): void => {
    capture?.stop()
    capture = undefined
    show({})
  }

  /** The decision stands in the key; somebody may have written another. Stops first, and goes on only if it still may. */
  const reread = (): void => {
    stop()
    decision = readKey().decision
    emit('consent', consent())
    if (inForce()?.pairs) run()
  }

  /** Captures at once; the worker comes up behind it. @param means how the visitor decided just now */
  const run = (means?: Means): void => {
    if (!channel) {
      channel = new BroadcastChannel(STANDING_KEY)
      channel.onmessage = reread
      addEventListener('DOMContentLoaded', () => show(segments))
    }
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
    const tail = [...(readKey().tail ?? []), ...capture.pending()]
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
  const choose = async (pairs: Pairs, means: Means, notice?: string, latest = snapshot): Promise<void> => {
    const before = decision?.pairs ?? NONE
    const chosen = decide(
      readKey().decision,
      pairs,
      notice ?? decision?.notice ?? '',
      Date.now(),
      latest?.days ?? SIX_MONTHS,
    )
    snapshot = latest
    decision = chosen
    if (!pairs || before & ~pairs) editKey(key => ({ ...key, decision }))
    channel?.postMessage('')
    if (!pairs) {
      stop()
      if (before) await forget()
    } else if (capture) ask(it => it.decide(chosen, means))
    else run(means)
    emit('consent', consent())
  }

  const forget = (): Promise<void> => connect().then(it => it.forget(file))

  const erase = async (): Promise<void> => {
    const kept = decision?.pairs
    decision = undefined
    editKey(key => ({ tickets: key.tickets }))
    channel?.postMessage('')
    stop()
    emit('consent', null)
    if (kept) await forget()
  }

  /** Shows the banner, or the choices behind it. */
  const invite = async (settings: boolean): Promise<void> => {
    if (!file) return
    const banner = await chunk<{ showBanner: typeof showBanner }>('banner')
    banner.showBanner(file, inForce()?.pairs ?? NONE, settings, (...chosen) => choose(...chosen).catch(warn))
  }

  const load = async (): Promise<void> => {
    if (inForce()?.pairs) {
      show(segments)
      run()
    }
    const url = own(options.config)
    const answer = await fetch(url, { credentials: 'omit', referrerPolicy: 'no-referrer' })
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
    if (tickets) (await connect()).sendTickets()
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
    on: (event, listener) => {
      listeners[event] = [...(listeners[event] ?? []), listener as Listener]
      return () => {
        listeners[event] = (listeners[event] ?? []).filter(each => each !== listener)
      }
    },
    consent,
    openPrivacyCenter: () => ready.then(() => invite(true)).catch(warn),
    exportData: async () => (capture ? (await connect()).access() : null),
    withdraw: purpose =>
      ready.then(() => choose(purpose ? without(decision?.pairs ?? NONE, purpose) : NONE, 'api')).catch(warn),
    erase: () => ready.then(erase).catch(warn),
  }
}
