// A worker of the visitor's browser: the real device behind the real comlink, with the simulated world for its ports.
import type { Page } from './page.ts'
import { createLine, type Port } from './ports.ts'
import type { Subject } from './subject.ts'
import { toyHash, toyKeyring, toyVerify } from './toy-cipher.ts'
import type { Realm, World } from './world.ts'

/** The parts of a visitor's surroundings that workers reach. */
export interface Surroundings {
  readonly world: World
  /** The code of all workers: it holds nothing of its own. */
  readonly worker: ReturnType<Subject['worker']>
  readonly openDisk: (realm: Realm, onClosed: () => void) => ReturnType<import('./disk.ts').Disks['open']>
  readonly post: (realm: Realm, url: string, body: string) => Promise<number>
  /** A file of the site's, as it is served now. @throws where it is not */
  readonly serve: (url: string) => string
  readonly began: (worker: Realm, page: Realm) => void
  /** Told of each time that a page stamped on a call. */
  readonly stamped: (realm: Realm, now: number) => void
  readonly killed: () => void
}

/** As `worker/clock.ts` has it: the page's time, carried forward. */
const createClock = ({ world, stamped }: Surroundings, realm: Realm) => {
  let stamp = 0
  let at = world.now()
  return {
    stamp: (now: number): void => {
      stamp = now
      at = world.now()
      stamped(realm, now)
    },
    now: (): number => stamp + world.now() - at,
    after: (ms: number, act: () => void) => world.after(realm, Math.min(ms, 2 ** 31 - 1), act),
  }
}

const boot = (around: Surroundings, realm: Realm, port: Port): void => {
  const { world, worker: side, openDisk, post, serve } = around
  const lane = { lane: `${realm.name} files` }
  const vouching = side.createProvenance(toyHash, toyVerify)
  const keyring = toyKeyring(() => world.below(2 ** 31))
  side.expose(
    side.createDevice({
      reader: 'simulated',
      clock: createClock(around, realm),
      random: world.draw,
      transport: { post: (url, body) => post(realm, url, body) },
      read: url => world.ask(realm, lane, () => ({ text: serve(url), differing: [] })),
      warn: line => world.note(line),
      provenance: () => world.ask(realm, lane, () => vouching),
      records: () => world.ask(realm, lane, () => side.records),
      openVault: async onClosed => side.createVault(await openDisk(realm, onClosed), keyring),
    }),
    port as unknown as Parameters<typeof side.expose>[1],
  )
}

/** `Worker` as a page's code constructs it. */
export const workerClass = (around: Surroundings, page: Pick<Page, 'realm'>) =>
  class {
    readonly postMessage: Port['postMessage']
    readonly addEventListener: Port['addEventListener']
    readonly removeEventListener: Port['removeEventListener']
    readonly terminate: () => void
    onerror: (() => void) | undefined

    constructor() {
      const realm = around.world.realm('worker', page.realm)
      around.began(realm, page.realm)
      const { near, far } = createLine(around.world, page.realm, realm, realm.name)
      // In the lane of its messages, before any of them.
      around.world.tell(realm, { lane: `${realm.name}>` }, () => boot(around, realm, far))
      this.postMessage = near.postMessage
      this.addEventListener = near.addEventListener
      this.removeEventListener = near.removeEventListener
      this.terminate = () => {
        around.world.kill(realm)
        around.killed()
      }
    }
  }
