/** The page's end of the worker; loaded only after a yes, or to send an erasure on its way. */

import { type Endpoint, expose, proxy, proxyMarker, type Remote, transferHandlers, wrap } from 'comlink'
import type { Choice, Decision } from '../core/decision.ts'
import type { Answers, Device, Opening, Update } from '../core/protocol/session.ts'
import type { Refusal } from '../core/refusal.ts'
import { type Batch, parseTail, type WaitingTicket } from '../core/standing.ts'
import type { Reason } from './api.ts'
import { attempt } from './attempt.ts'
import type { Capture, Fields } from './capture.ts'
import { optedOut } from './consent/signal.ts'
import { editPage, readPage, readWhole, tailKeys } from './key.ts'
import type { Emit } from './listeners.ts'
import { startSources } from './sources/start.ts'

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string }
}

let policy: ReturnType<TrustedTypes['createPolicy']> | undefined

/**
 * Under `require-trusted-types-for 'script'` a worker's address must come from a policy. Made once: a page starts a worker anew
 * after a withdrawal, and a site that lists its policies lets each name be taken once.
 */
const trusted = (url: string): string => {
  const { trustedTypes } = window as { trustedTypes?: TrustedTypes }
  policy ??= trustedTypes?.createPolicy('nearside', { createScriptURL: given => given })
  return policy?.createScriptURL(url) ?? url
}

/** As `it`, but what fails on hearing a message stays here: the page may have replaced anything that comlink calls. */
const quiet = (it: Worker | MessagePort): Endpoint => ({
  postMessage: (message, transfer = []) => it.postMessage(message, transfer),
  addEventListener: (type, hear) => it.addEventListener(type, event => attempt(() => (hear as EventListener)(event))),
  removeEventListener: () => {},
  start: () => (it as MessagePort).start?.(),
})

// As comlink's own, for what the worker calls of the page's.
transferHandlers.set('proxy', {
  canHandle: (it): it is object => it !== null && proxyMarker in Object(it),
  serialize: it => {
    const { port1, port2 } = new MessageChannel()
    const end = quiet(port1)
    expose(it, { ...end, postMessage: (...given) => void attempt(() => end.postMessage(...given)) })
    return [port2, [port2]]
  },
  deserialize: it => it,
})

/** A worker that has not deleted by then never will: the page deletes without it. */
const DELETE_WITHIN_MS = 5000

export interface Session {
  /** Settles once nothing more is answered: rejected where the worker could not start. */
  readonly over: Promise<unknown>
  open(opening: Omit<Opening, 'now' | 'optedOut'>): Promise<Update>
  ingest(batch: Batch): Promise<Update>
  decide(decision: Decision, choice: Choice): Promise<Update>
  ask<V extends keyof Answers>(verb: V, given: unknown): Promise<Answers[V]>
  /** Deletes what the device holds; what the collector holds is asked back by tickets. */
  forget(): Promise<void>
  /** Tells why a signal was not taken. What was invalid is looked at more closely, by a chunk that is loaded only then. */
  refuse(emit: Emit, kind: string, reason: Reason, fields?: Fields): Promise<void>
  /** Ends the worker, whatever it is doing. */
  end(): void
  /** Sends the tickets that wait in the key, and keeps each until it is answered or of no more use. */
  sendTickets(): Promise<void>
}

/** More pages than anybody leaves at once. */
const MOST_TAILS = 50

export const createSession = (
  watch: (update: Update) => void,
  capture: () => Capture | undefined,
  past: boolean,
): Session => {
  // Not `new URL(…, import.meta.url)`, which the bundler would take for an asset of its own.
  const url = import.meta.url.replace('session.js', 'worker.js')
  const worker = new Worker(trusted(url), { name: 'nearside' })
  const ending = new AbortController()
  const over = new Promise<unknown>((end, fail) => {
    ending.signal.onabort = end
    worker.onerror = () =>
      fail(new Error(`${url}: the worker could not start. Serve it beside nearside.js, and let worker-src allow it.`))
  })
  over.catch(({ message }) => watch({ problem: message }))
  const device: Remote<Device> = wrap<Device>(quiet(worker))
  const now = Date.now
  /** What was refused since the worker was last told. */
  let refused: Batch['refused']

  const ticketsInKey = (): readonly WaitingTicket[] => readPage().tickets ?? []
  const keepTickets = (fresh: readonly WaitingTicket[]): void => {
    editPage({ tickets: [...ticketsInKey(), ...fresh].filter(({ until }) => now() < Date.parse(until)) })
  }
  const sendTickets = async (): Promise<void> => {
    keepTickets([])
    const answered = ({ ticket }: WaitingTicket): void =>
      editPage({ tickets: ticketsInKey().filter(each => each.ticket.pseudonym !== ticket.pseudonym) })
    await device.send(ticketsInKey(), now(), proxy(answered)).catch(() => {})
  }
  const end = (): void => {
    attempt(() => ending.abort())
    worker.terminate()
  }

  /** Whatever earlier pages left is given to the worker first, and removed once it is on disk, unless its page wrote on since. */
  const open: Session['open'] = async opening => {
    const tails = tailKeys().map((key): [string, string] => [key, localStorage[key]])
    const tail = [...tails.flatMap(([, text]) => parseTail(text)), ...opening.tail]
    const whole = readWhole()
    const decision = whole?.seq === opening.decision.seq ? whole : opening.decision
    const answer = await device.open(
      { ...opening, decision, tail, now: now(), optedOut: optedOut() },
      proxy((update: Update) => attempt(() => watch(update))),
    )
    // Where no worker takes them for long, as with a broken model, they are not let grow without end.
    const settled = answer.acknowledged || tails.length > MOST_TAILS
    if (settled) for (const [key, text] of tails) if (localStorage[key] === text) localStorage.removeItem(key)
    if (answer.needs && capture())
      startSources(answer.needs, import.meta.url, capture, ending.signal, past && !opening.choice)
    return answer
  }

  const ingest: Session['ingest'] = batch => {
    const told = { ...batch, refused }
    refused = undefined
    return device.ingest(told, now())
  }

  return {
    over,
    open,
    ingest,
    decide: async (decision, choice) => {
      const { tickets, ...answer } = await device.decide(decision, choice, now())
      if (tickets) {
        keepTickets(tickets)
        sendTickets()
      }
      return answer
    },
    ask: async (verb, given) => {
      // An account of all includes what was refused a moment ago. The worker takes one call at a time.
      if (refused) ingest({ page: 0, n: now(), signals: [] }).catch(() => {})
      const { answer, ...told } = await device.ask(verb, given, now())
      watch(told)
      return answer as never
    },
    forget: async () => {
      const late = new Promise<never>((_, fail) => {
        setTimeout(fail, DELETE_WITHIN_MS, new Error(`${url}: the worker does not answer.`))
      })
      try {
        keepTickets((await Promise.race([over, late, device.erase(now())])) as readonly WaitingTicket[])
      } finally {
        // Chromium keeps the key's file for as long as anybody lives who read it: another sends the tickets.
        end()
      }
      if (!ticketsInKey()[0]) return
      const other = createSession(watch, capture, past)
      other.sendTickets().finally(other.end)
    },
    sendTickets,
    refuse: async (emit, kind, reason, fields) => {
      const file = import.meta.url.replace('session', 'refusal')
      const closer = reason === 'invalid' && (await import(/* @vite-ignore */ file).catch(() => {}))?.explain(fields)
      const why = (closer || reason) as Refusal
      refused = { ...refused, [why]: (refused?.[why] ?? 0) + 1 }
      emit('refused', { kind, reason: why })
    },
    end,
  }
}
