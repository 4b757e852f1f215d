// One device without a browser: the real `createDevice` on a disk in memory, a clock that is told the time, and a wire that is read.
import type { AccessDocument } from '../../core/access.ts'
import { CATEGORIES, type Grants } from '../../core/consent.ts'
import type { Decision } from '../../core/decision.ts'
import type { Differing } from '../../core/model-fault.ts'
import type { Commit, Disk, Head, Sealed } from '../../core/ports.ts'
import type { Device, Update } from '../../core/protocol/session.ts'
import type { Signal } from '../../core/signal.ts'
import { createVault } from '../../store/vault.ts'
import { createDevice } from '../../worker/device.ts'
import { createProvenance } from '../../worker/provenance.ts'
import * as records from '../../worker/records.entry.ts'
import { type ToySecret, toyHash, toyKeyring, toyVerify } from '../simulation/toy-cipher.ts'

const EMPTY: Head = { commit: 0, seq: 0, pairs: 0 }
const GRANTS: Grants = { personalization: CATEGORIES, measurement: CATEGORIES }

const createMemory = () => {
  let head = EMPTY
  let secret: ToySecret | undefined
  let kept = new Map<string, Sealed>()
  const disk: Disk<ToySecret> = {
    read: async (prefixes, known) => ({
      head,
      records: [...kept.values()]
        .filter(({ key }) => prefixes.some(prefix => key.startsWith(prefix)))
        .sort((a, b) => (a.key < b.key ? -1 : 1)),
      ...((head.key ?? 0) === known ? {} : { secret }),
    }),
    commit: async (change: Commit<ToySecret>) => {
      if (head.commit !== change.after) return false
      for (const [from, to] of change.remove)
        for (const key of kept.keys()) if (key >= from && key < to) kept.delete(key)
      for (const record of change.put) kept.set(record.key, record)
      head = change.head
      secret = change.secret ?? secret
      return true
    },
    destroy: async () => {
      head = EMPTY
      secret = undefined
      kept = new Map()
    },
    close: () => {},
  }
  return disk
}

/** mulberry32: the same numbers for the same seed. */
const drawn = (seed: number) => (): number => {
  seed = (seed + 0x6d2b79f5) | 0
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
}

export interface Sent {
  readonly at: number
  readonly url: string
  readonly body: string
}

export interface LoneOptions {
  readonly config: string
  /** By address, as it is served now: may be changed. A missing one is not there. */
  readonly files: Map<string, string>
  readonly start: number
  readonly seed?: number
  readonly answer?: (sent: Sent) => number
  readonly grants?: Grants
}

export const CONFIG_URL = 'https://shop.example/nearside.json'

/** Every pending promise of a device with toy ciphers is settled by then: none waits for anything but another. */
const settled = (): Promise<void> => new Promise(go => setImmediate(go))

export const createLoneDevice = ({ config, files, start, seed = 1, answer, grants = GRANTS }: LoneOptions) => {
  const disk = createMemory()
  const sent: Sent[] = []
  const warnings: string[] = []
  const differing = new Map<string, Differing[]>()
  let now = start
  let timers: { at: number; act: () => void }[] = []
  let device: Device | undefined
  let page = 0
  let n = 0
  let shown: Update['segments']
  let json = config
  const draw = drawn(seed)
  let key = seed
  const decision = (): Decision => ({ seq: 1, grants, expires: '2099-01-01', notice: JSON.parse(json).notice })

  const boot = (): Device =>
    createDevice({
      reader: 'lone',
      clock: {
        stamp: () => {},
        now: () => now,
        after: (ms, act) => {
          const timer = { at: now + ms, act }
          timers.push(timer)
          return () => {
            timers = timers.filter(it => it !== timer)
          }
        },
      },
      random: draw,
      transport: {
        post: async (url, body) => {
          const it = { at: now, url, body }
          sent.push(it)
          return answer?.(it) ?? 204
        },
      },
      read: async url => {
        const text = files.get(url)
        if (text === undefined) throw new Error(`${url}: the server answered 404. Put the file there.`)
        return { text, differing: differing.get(url) ?? [] }
      },
      warn: line => void warnings.push(line),
      provenance: async () => createProvenance(toyHash, toyVerify),
      records: async () => records,
      openVault: async () =>
        createVault(
          disk,
          toyKeyring(() => (key = Math.imul(key, 0x01000193) ^ 0x5bd1e995)),
        ),
    })

  /** A page opens with a worker of its own, the earlier one gone. */
  const load = async (): Promise<Update> => {
    timers = []
    device = boot()
    page++
    n = 0
    const update = await device.open(
      { config: { json, url: CONFIG_URL }, decision: decision(), tail: [], now },
      update => {
        shown = update.segments ?? shown
      },
    )
    await settled()
    shown = update.segments ?? shown
    return update
  }

  const ingest = async (signals: readonly Signal[]): Promise<void> => {
    const update = await (device as Device).ingest({ page, n: ++n, signals }, now)
    await settled()
    shown = update.segments ?? shown
  }

  /** Time passes, and timers go off one by one. */
  const wait = async (ms: number): Promise<void> => {
    const until = now + ms
    for (;;) {
      const [next] = [...timers].sort((a, b) => a.at - b.at)
      if (!next || next.at > until) break
      timers = timers.filter(it => it !== next)
      now = Math.max(now, next.at)
      next.act()
      await settled()
    }
    now = until
  }

  const account = async (): Promise<AccessDocument> =>
    (await (device as Device).ask('exportData', undefined, now)).answer as AccessDocument

  return {
    load,
    ingest,
    wait,
    account,
    sent,
    warnings,
    differing,
    now: () => now,
    segments: () => shown,
    serve: (text: string): void => {
      json = text
    },
  }
}

export type LoneDevice = ReturnType<typeof createLoneDevice>
