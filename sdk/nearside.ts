/** The loader: reads what was decided, asks where nothing was, and runs what was allowed. Wires all of the page's side. */

import { type Choice, type Decision, decide } from '../core/decision.ts'
import type { ConfigFile, Update } from '../core/protocol/session.ts'
import { isGrant, type PageState, STANDING_KEY } from '../core/standing.ts'
import type { ConsentState, Nearside, Options, Segments } from './api.ts'
import { attempt } from './attempt.ts'
import type { showBanner } from './banner/banner.ts'
import { type Capture, startCapture } from './capture.ts'
import type { follow } from './follow.entry.ts'
import { editPage, readDecision, readPage, writeDecision } from './key.ts'
import { createListeners } from './listeners.ts'
import { createNews } from './news.ts'
import { ownOrigin } from './own-origin.ts'
import type * as Rights from './rights.entry.ts'
import type { createSession, Session } from './session.entry.ts'
import { warn } from './warn.ts'

/** Days that a refusal holds where the config is not known: as long as a yes by default. */
const SIX_MONTHS = 180

export const createNearside = (options: Options): Nearside => {
  const [emit, on] = createListeners()
  let file: ConfigFile | undefined
  let snapshot: PageState['needs']
  let segments: Segments = {}
  let decision: Decision | undefined
  let capture: Capture | undefined
  let session: Promise<Session> | undefined
  let opened = false
  /** Has capture gone on since the page began? Then what the page said before now may be looked at. */
  let granted = true
  /** The latest decision that this page has captured under. */
  let known = 0
  /** The site's notice, once its config is here. */
  let notice = ''

  const recall = (): void => {
    decision = readDecision()
    ;({ needs: snapshot, segments = {} } = readPage())
  }
  recall()

  const beside = (name: string): string => ownOrigin(`nearside-${name}.js`, options.base)
  const chunk = async <T>(name: string): Promise<T> => import(/* @vite-ignore */ beside(name))

  // Asked for every signal: reading its date is half as dear as writing today's.
  const inForce = (): Decision | undefined =>
    decision && Date.now() < Date.parse(decision.expires) ? decision : undefined

  const isGranted = (): boolean => isGrant(inForce())

  const consent = (): ConsentState | null => {
    const it = inForce()
    if (!it) return null
    const { seq: _, grants: granted, ...rest } = it
    return { granted, ...rest }
  }

  /** What the page may be shown. */
  const exposed = (): Segments | undefined => (snapshot?.expose === 'attribute' ? segments : undefined)

  const show = (latest: Segments): void => {
    segments = latest
    emit('segments', segments)
  }

  const begin = async (): Promise<Session> =>
    (await chunk<{ createSession: typeof createSession }>('session')).createSession(update, () => capture, granted)

  const connect = (): Promise<Session> => (session ??= begin())

  const { tell, listen } = createNews(news => guard(() => reread(news)))

  /** What the worker tells, asked or not. */
  const update = ({ problem, outdated, needs, segments: latest, acknowledged }: Update): void => {
    if (!capture) return
    if (problem) fail(problem)
    else if (outdated) reread()
    else {
      snapshot = needs ?? snapshot
      if (acknowledged) capture.acknowledge(acknowledged)
      if (latest) {
        show(latest)
        editPage({ needs: snapshot, segments: exposed() })
      }
    }
  }

  /** Ends everything that a grant began, in the middle of whatever it does; first what matters most, as any of it may fail. */
  const stop = (): void =>
    attempt(() => {
      const ended = capture
      const worker = session
      capture = session = undefined
      granted = false
      editPage({ needs: undefined, segments: undefined })
      worker?.then(it => it.end()).catch(() => {})
      ended?.stop()
      show({})
    })

  const fail = (problem: unknown): void => {
    stop()
    warn(problem)
  }

  /** Does it now, and lets no failure reach the page, which may have replaced anything that is called here: it answers null then. */
  const guard = async <T>(act: () => T | Promise<T>, otherwise = fail): Promise<T> => {
    try {
      return await act()
    } catch (error) {
      otherwise(error)
      return null as never
    }
  }

  /** Somebody has decided or deleted elsewhere. Stops first, and goes on only under a newer decision: see ARCHITECTURE.md. */
  const reread = (news?: unknown): void => {
    // Heard before.
    if (capture && news === decision?.seq) return
    stop()
    known = Math.max(known, decision?.seq ?? 0, (news as number) - 1 || 0)
    decision = readDecision()
    // A worker that was just starting may have made the database anew after it was deleted elsewhere.
    if (news === 'gone' && !isGranted()) destroy()
    emit('consent', consent())
    // Tabs see each other's writes some milliseconds late.
    const late = (): boolean => (news as number) > (decision?.seq as number)
    if (late()) setTimeout(() => late() && guard(() => reread(news)), 99)
    else if ((decision?.seq as number) > known && isGranted()) run()
  }

  /** Captures at once; the worker comes up behind it. @param choice the visitor's, just now */
  const run = (choice?: Choice): void => {
    listen()
    known = decision?.seq ?? known
    opened = false
    capture = startCapture(
      () => snapshot,
      inForce,
      batch => opened && ask(it => it.ingest(batch)),
      (kind, reason, fields) =>
        connect()
          .then(it => it.refuse(emit, kind, reason, fields))
          .catch(() => {}),
      guard,
    )
    capture.view()
    const begun = capture
    chunk<{ follow: typeof follow }>('follow')
      .then(it => it.follow(begun, () => reread(readDecision()?.seq), on, exposed))
      .catch(warn)
    open(choice)
  }

  /** Gives the worker what it needs, as soon as there is all of it; from then on batches follow by themselves. */
  const open = (choice?: Choice): void => {
    if (!capture || !file || !decision) return
    const opening = { config: file, decision, tail: capture.pending(), choice }
    opened = true
    ask(it => it.open(opening))
  }

  /** Asks the worker, and takes its answer unless capture was stopped meanwhile. */
  const ask = async (question: (session: Session) => Promise<Update>): Promise<void> => {
    const asking = capture
    try {
      const answer = await question(await connect())
      if (asking === capture) update(answer)
    } catch (error) {
      if (asking === capture) fail(error)
    }
  }

  const destroy = (): unknown => attempt(() => indexedDB.deleteDatabase(STANDING_KEY))

  /** What the visitor chose stands at once, for every tab; the worker puts it on the ledger. */
  const choose = async (choice: Choice, noticed = decision?.notice ?? notice, latest = snapshot): Promise<void> => {
    const before = readDecision() ?? decision
    // By a clock that is none nothing can be granted; a refusal needs no date.
    const chosen = attempt(() => decide(before, choice, noticed, Date.now(), latest?.days ?? SIX_MONTHS), warn)
    decision = chosen
    snapshot = latest
    writeDecision(chosen)
    tell(chosen?.seq)
    if (!chosen || !attempt(() => isGrant(chosen))) {
      stop()
      // A worker of its own: whatever stops the other must not stop this one.
      if (before) await guard(async () => (await begin()).forget())
      // Whatever became of the worker, the database goes.
      destroy()
      tell('gone')
    } else if (capture) ask(it => it.decide(chosen, choice))
    else if (file) run(choice)
    emit('consent', consent())
  }

  /** Denies all, and keeps the refusal. */
  const deny = (): Promise<void> => choose({ grants: {} })

  /** Denies first, then forgets the refusal too. */
  const erase = async (): Promise<void> => {
    await deny()
    // Another tab may have granted meanwhile.
    if (isGrant(readDecision())) return
    decision = undefined
    writeDecision()
    emit('consent', null)
  }

  /** Shows the banner, or the choices behind it. */
  const invite = async (settings: boolean): Promise<void> => {
    if (!file) return
    const banner = await chunk<{ showBanner: typeof showBanner }>('banner')
    banner.showBanner(file, inForce()?.grants ?? {}, settings, choose, guard)
  }

  const load = async (): Promise<void> => {
    // After this task, so that listeners queued by the stub hear of the first segments.
    await 0
    // Frames are somebody else's page, and a page that is only being prepared may never be looked at.
    if (top !== window) return
    if ((document as { prerendering?: boolean }).prerendering) {
      await new Promise(go => document.addEventListener('prerenderingchange', go))
      // A while may have passed.
      recall()
    }
    if (isGranted()) {
      show(segments)
      run()
    } else {
      stop()
      // A page that said no may have ended before all was deleted.
      if (inForce() && !decision?.paused) destroy()
    }
    const url = ownOrigin(options.config)
    const answer = await fetch(url, { credentials: 'omit' })
    if (!answer.ok) throw `${url}: the server answered ${answer.status}. Put the config there.`
    file = { json: await answer.text(), url }
    // All that the page itself reads of it, so as not to carry the parser: another notice asks again.
    notice = attempt(() => JSON.parse((file as ConfigFile).json).notice) ?? ''
    if (notice && inForce()?.notice === notice) open()
    else {
      stop()
      // Run out by its date: what it covered goes before anybody is asked again.
      if (decision && !inForce()) await erase()
      decision = undefined
      await invite(false)
    }
    emit('consent', consent())
    if (readPage().tickets?.length) (await begin()).sendTickets()
  }

  const ready = guard(load)

  /**
   * What is seldom asked, by a chunk that is loaded then; null where nothing is granted, or it failed.
   * @param all what is done here where nothing in particular is asked for
   */
  const right =
    <V extends keyof typeof Rights>(verb: V, all?: () => Promise<void>) =>
    async (given?: unknown) =>
      (all && !given
        ? guard(all)
        : guard(async () => {
            await ready
            return (await chunk<typeof Rights>('rights'))[verb](
              [file, inForce(), connect, begin, choose, reread],
              given as never,
            )
          }, warn)) as never

  return {
    signal: (kind, fields) =>
      void attempt(
        () =>
          capture ? capture.note(kind, fields) : emit('refused', { kind, reason: decision ? 'denied' : 'no-decision' }),
        fail,
      ),
    segments: () => segments,
    on,
    consent,
    openPrivacyCenter: () => guard(() => ready.then(() => invite(true))),
    exportData: right('exportData'),
    hydrate: right('hydrate'),
    correct: right('correct'),
    previewReport: right('previewReport'),
    pause: right('pause'),
    withdraw: right('withdraw', deny),
    erase: right('erase', erase),
  }
}
