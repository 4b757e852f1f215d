/** The loader: reads what was decided, asks where nothing was, and runs what was allowed. Wires all of the page's side. */

import { type Choice, type Decision, decide, SIX_MONTHS } from '../core/decision.ts'
import { SENSITIVE } from '../core/page.ts'
import type { ConfigFile, Update } from '../core/protocol/session.ts'
import { isGrant, type PageState, STANDING_KEY } from '../core/standing.ts'
import type { ConsentState, Nearside, Options, Segments } from './api.ts'
import { attempt } from './attempt.ts'
import type { showBanner } from './banner/banner.ts'
import { type Capture, startCapture } from './capture.ts'
import type { heed } from './consent/heed.entry.ts'
import type { follow } from './follow.entry.ts'
import { destroy, editPage, readDecision, readPage, writeDecision } from './key.ts'
import { createListeners } from './listeners.ts'
import { ownOrigin } from './own-origin.ts'
import type * as Rights from './rights.entry.ts'
import type { createSession, Session } from './session.entry.ts'
import { currentPageKind } from './signals/page.ts'
import type { wait } from './wait.entry.ts'
import { warn } from './warn.ts'

export const createNearside = (options: Options): Nearside => {
  const [emit, on] = createListeners()
  let file!: ConfigFile
  let snapshot: PageState['needs']
  let segments: Segments = {}
  let decision: Decision | undefined
  let capture: Capture | undefined
  let session: Promise<Session> | undefined
  let opened: boolean | undefined
  let channel: BroadcastChannel | undefined
  /** Has capture gone on since the page began? Then what the page said before now may be looked at. */
  let granted = true
  /** The latest decision that this page has captured under. */
  let known = 0
  /** All that the page itself reads of the config, so as not to carry the parser. */
  let site: { readonly notice?: string; readonly consent?: unknown } = {}

  const chunk = async <T>(name: string): Promise<T> =>
    import(/* @vite-ignore */ ownOrigin(`nearside-${name}.js`, options.base))

  // Asked for every signal: reading its date is half as dear as writing today's.
  const inForce = (): Decision | undefined =>
    decision && Date.now() < Date.parse(decision.expires) ? decision : undefined
  const isGranted = (): boolean => isGrant(inForce())
  const consent = (): ConsentState | null => {
    const { seq: _, grants: granted, ...rest } = inForce() ?? ({} as Decision)
    return granted ? { granted, ...rest } : null
  }

  const show = (latest: Segments = {}): void => {
    segments = latest
    emit('segments', segments)
  }

  /** What the page may be shown. */
  const exposed = (): Segments | undefined => (snapshot?.expose === 'attribute' ? segments : undefined)

  const begin = async (): Promise<Session> =>
    (await chunk<{ createSession: typeof createSession }>('session')).createSession(update, () => capture, granted)
  const connect = (): Promise<Session> => (session ??= begin())
  const lane = (): BroadcastChannel => (channel ??= new BroadcastChannel(STANDING_KEY))
  /** Tells the other tabs: the `seq` of a decision, or that everything is deleted. */
  const tell = (news: unknown): void => attempt(() => lane().postMessage(news))

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

  /** Ends the worker, in the middle of whatever it does. */
  const rest = (): void => {
    granted = opened = false
    session?.then(it => it.end()).catch(warn)
    session = undefined
  }

  /** Ends everything that a grant began; first what matters most, as any of it may fail. @param needs that another page may begin with */
  const stop = (needs?: PageState['needs']): void =>
    attempt(() => {
      const ended = capture
      capture = undefined
      editPage({ needs })
      rest()
      ended?.stop()
      show()
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
  const reread = (news?: unknown, again: unknown = capture): void => {
    if (news === decision?.seq) return // Heard before.
    ;({ needs: snapshot = snapshot } = readPage()) // Another page may have learnt them during a pause.
    stop()
    known = Math.max(known, decision?.seq ?? 0, (news as number) - 1 || 0)
    decision = readDecision()
    // A worker that was just starting may have made the database anew after it was deleted elsewhere.
    if (news === 'gone' && !isGranted()) destroy()
    emit('consent', consent())
    // Tabs see each other's writes some milliseconds late; what never comes is waited for some seconds.
    const late = (): boolean => (news as number) > (decision?.seq as number)
    if (late()) setTimeout(guard, 99, () => late() && reread((news as number) - 0.02, again))
    else if ((decision?.seq as number) > known && isGranted()) run(undefined, again)
  }

  /** Fails where the page has taken it away: without it a withdrawal elsewhere would not be heard. */
  const listen = (): unknown => (lane().onmessage = ({ data }) => guard(() => reread(data)))

  /** Captures at once; the worker comes up behind it. @param choice the visitor's, just now @param again this view was noted before */
  const run = (choice?: Choice, again?: unknown): void => {
    listen()
    known = (decision as Decision).seq
    const begun = startCapture(
      () => snapshot,
      inForce,
      batch => (opened ? ask(it => it.ingest(batch)) : open()),
      (kind, reason, fields) => guard(async () => (await connect()).refuse(emit, kind, reason, fields), warn),
      guard,
      () => {
        // Ends for as long as the page is so; what was noted before waits for whoever begins again.
        begun.park()
        stop(snapshot)
        known = 0
        chunk<{ wait: typeof wait }>('wait')
          .then(it => it.wait(hand, snapshot, run, choice))
          .catch(warn)
      },
    )
    capture = begun
    begun.view(again)
    if (!capture) return
    show(readPage().segments)
    open(choice)
    chunk<{ follow: typeof follow }>('follow')
      .then(it => it.follow(begun, () => reread(readDecision()?.seq, 0), on, exposed, rest))
      .catch(warn)
  }

  /** Gives the worker what it needs, as soon as there is all of it; from then on batches follow by themselves. */
  const open = (choice?: Choice): void => {
    if (!capture || !file) return
    opened = true // First: what waits for it would open it without the choice.
    ask(it => it.open({ config: file, choice, decision: decision as Decision, tail: (capture as Capture).pending() }))
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

  /** What the visitor chose stands at once, for every tab; the worker puts it on the ledger. */
  const choose = async (
    choice: Choice,
    noticed = (decision?.notice ?? site.notice) as string,
    latest = snapshot,
  ): Promise<void> => {
    const before = readDecision() ?? decision
    // By a clock that is none nothing can be granted; a refusal needs no date.
    const chosen = attempt(() => decide(before, choice, noticed, Date.now(), latest?.days ?? SIX_MONTHS), warn)
    decision = chosen
    snapshot = latest
    writeDecision(chosen)
    tell(chosen?.seq)
    if (!attempt(() => isGrant(chosen))) {
      stop()
      // A worker of its own: whatever stops the other must not stop this one.
      if (before) await guard(async () => (await begin()).forget())
      // Whatever became of the worker, the database goes.
      destroy()
      tell('gone')
    } else if (capture) ask(it => it.decide(chosen as Decision, choice))
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
    decision = writeDecision() as undefined
    emit('consent', null)
  }

  const load = async (): Promise<void> => {
    // After this task, so that listeners queued by the stub hear of the first segments.
    await 0
    // Frames are somebody else's page, a page may want nothing of us, and one that is only being prepared may never be looked at.
    if (top !== window || currentPageKind() === 'off') return
    // A while may pass.
    if ((document as { prerendering?: boolean }).prerendering)
      await new Promise(go => document.addEventListener('prerenderingchange', go))
    decision = readDecision()
    snapshot = readPage().needs
    // Whoever has the say is heard on each page before anything is done.
    if (decision?.by) decision = undefined
    if (!isGranted()) {
      stop()
      if (decision?.paused) listen()
      // A page that said no may have ended before all was deleted.
      else if (inForce()) destroy()
    } else run()
    const url = ownOrigin(options.config)
    const answer = await fetch(url, { credentials: 'omit' })
    if (!answer.ok) throw `${url}: ${answer.status}. Put the config there.`
    file = { json: await answer.text(), url }
    site = attempt(() => JSON.parse(file.json)) ?? {}
    if (site.consent && (await (await chunk<{ heed: typeof heed }>('heed')).heed(hand()))) {
      // Somebody else is asked.
    } else if (site.notice && inForce()?.notice === site.notice) open()
    else {
      // Another notice asks again.
      stop()
      // Run out by its date: what it covered goes before anybody is asked again.
      if (decision && !inForce()) await erase()
      decision = undefined
      ;(await chunk<{ showBanner: typeof showBanner }>('banner')).showBanner(file, {}, false, choose, guard)
    }
    emit('consent', consent())
    if (decision?.paused || readPage().tickets) right('attend')()
  }

  const hand = (): Rights.Hand => [file, inForce(), connect, begin, choose, reread, guard, stop, on, consent, known]
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
            return (await chunk<typeof Rights>('rights'))[verb](hand(), given as never)
          }, warn)) as never

  return {
    withdraw: right('withdraw', deny),
    pause: right('pause'),
    on,
    hydrate: right('hydrate'),
    segments: () => segments,
    previewReport: right('previewReport'),
    exportData: right('exportData'),
    signal: (kind, fields) =>
      void attempt(
        () =>
          capture
            ? capture.note(kind, fields)
            : emit('refused', { kind, reason: decision ? (isGranted() ? SENSITIVE : 'denied') : 'no-decision' }),
        fail,
      ),
    erase: right('erase', erase),
    openPrivacyCenter: right('openPrivacyCenter'),
    consent,
    correct: right('correct'),
  }
}
