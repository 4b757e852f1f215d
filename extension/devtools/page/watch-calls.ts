/** Watches what the page says to its worker and what it is answered, by the calls' own shape: comlink's, in one short file there. */

import { CALLS, type Call } from '../../../core/protocol/devtools.ts'
import type { Signal } from '../../../core/signal.ts'
import type { Batch } from '../../../core/standing.ts'
import { quietly, type Tell } from './tell.ts'

/** As comlink sends it: a path to what is called, and each argument in a wrapping. */
interface Message {
  readonly id: string
  readonly type: string
  readonly path: readonly string[]
  readonly argumentList: readonly { readonly type: string; readonly value: unknown }[]
}

interface Answer {
  readonly id: string
  readonly name?: string
  readonly value?: { readonly isError?: boolean; readonly value?: { readonly message?: unknown } } & {
    readonly problem?: unknown
  }
}

interface Pending {
  readonly verb: Call
  readonly from: number
}

const LONGEST_PROBLEM = 300

const sizeOf = (it: unknown): number => {
  let size = 0
  quietly(() => {
    size = JSON.stringify(it)?.length ?? 0
  })
  return size
}

const verbOf = (it: Partial<Message> | null): Call | undefined =>
  it?.type === 'APPLY' && typeof it.id === 'string' && it.path?.length === 1
    ? CALLS.find(verb => verb === it.path?.[0])
    : undefined

const batchesIn = (verb: Call, given: unknown): readonly Batch[] =>
  verb === 'ingest' ? [given as Batch] : verb === 'open' ? ((given as { tail?: readonly Batch[] })?.tail ?? []) : []

const tellCall = (tell: Tell, verb: Call, { id, argumentList }: Message): void => {
  const given = argumentList.filter(({ type }) => type === 'RAW').map(({ value }) => value)
  const batches = batchesIn(verb, given[0])
  for (const { page, n, signals } of batches)
    for (const signal of signals) tell({ what: 'signal', signal: { ...signal } as Signal, page, batch: n })
  tell({
    what: 'call',
    id,
    verb,
    bytes: sizeOf(given),
    ...(verb === 'ask' ? { asked: String(given[0]) } : {}),
    ...(batches.length
      ? {
          signals: batches.reduce((sum, { signals }) => sum + signals.length, 0),
          batches: batches.map(({ page, n }) => [page, n] as const),
        }
      : {}),
  })
}

const short = (it: unknown): string => String(it).slice(0, LONGEST_PROBLEM)

const tellAnswer = (tell: Tell, { verb, from }: Pending, { id, name, value }: Answer, now: number): void => {
  const { message } = value?.value ?? {}
  tell({
    what: 'answer',
    id,
    verb,
    ms: Math.round((now - from) * 10) / 10,
    bytes: sizeOf(value),
    ...(name === 'throw' ? { error: short(message ?? 'the worker failed') } : {}),
    ...(name !== 'throw' && value?.problem ? { problem: short(value.problem) } : {}),
  })
}

/** @returns what puts everything back */
export const watchCalls = (page: Window & typeof globalThis, tell: Tell): (() => void) => {
  const pending = new Map<string, Pending>()
  const watched = new WeakSet<Worker>()
  const over = new AbortController()

  const hear = ({ data }: MessageEvent): void =>
    quietly(() => {
      const call = pending.get(data?.id)
      if (!call) return
      pending.delete(data.id)
      tellAnswer(tell, call, data, page.performance.now())
    })

  const watch = (worker: Worker): void => {
    if (watched.has(worker)) return
    watched.add(worker)
    worker.addEventListener('message', hear, { signal: over.signal })
    worker.addEventListener('error', () => tell({ what: 'problem', text: 'the worker could not start' }), {
      signal: over.signal,
    })
  }

  const { prototype } = page.Worker
  const own = Object.getOwnPropertyDescriptor(prototype, 'postMessage') as PropertyDescriptor
  const post = own.value as (this: Worker, ...given: unknown[]) => void
  const observed = function (this: Worker, ...given: unknown[]): void {
    quietly(() => {
      const message = given[0] as Message
      const verb = verbOf(message)
      if (!verb || over.signal.aborted) return
      watch(this)
      pending.set(message.id, { verb, from: page.performance.now() })
      tellCall(tell, verb, message)
    })
    post.apply(this, given)
  }
  Object.defineProperty(prototype, 'postMessage', { ...own, value: observed })

  return () => {
    over.abort()
    // Somebody else may have put theirs over it since: then ours stays beneath, and does nothing any more.
    if (prototype.postMessage === (observed as unknown)) Object.defineProperty(prototype, 'postMessage', own)
  }
}
