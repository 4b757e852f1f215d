// A page of the site with the real loader in it: as much of a window as that looks at.
import { parseConfig, type Snapshot, snapshotOf } from '../../core/config.ts'
import type { Grants, Purpose } from '../../core/consent.ts'
import type { Choice } from '../../core/decision.ts'
import type { ConfigFile } from '../../core/protocol/session.ts'
import type { Nearside } from '../../sdk/api.ts'
import { messageChannel } from './ports.ts'
import { CONFIG_URL, ORIGIN } from './site.ts'
import type { Subject } from './subject.ts'
import { type Surroundings, workerClass } from './worker.ts'
import type { Realm } from './world.ts'

type Choose = (choice: Choice, notice: string, snapshot: Snapshot) => void
type Act = (event: object) => void

export interface PageSurroundings extends Surroundings {
  readonly page: Subject['page']
  /** Ms since 1970 by the visitor's clock; never the same twice, so that signals can be told apart. */
  readonly wall: () => number
  readonly view: (realm: Realm) => object
  readonly deleteDatabase: (realm: Realm) => void
  readonly broadcast: (from: Realm, data: unknown) => void
  /** Before somebody decides here: no visitor is faster than what another tab wrote. */
  readonly abreast: (realm: Realm) => void
}

export interface Page {
  readonly realm: Realm
  readonly nearside: Nearside
  readonly path: string
  dispatch(type: string, event?: object): void
  hear(data: unknown): void
  hide(hidden: boolean): void
  /** Answers the banner, which is opened for it if need be. */
  choose(grants: Grants): void
  withdraw(purpose?: Purpose): Promise<void>
  erase(): Promise<void>
  pause(on: boolean): Promise<void>
  /** What the page wrote to its console. */
  readonly warnings: string[]
}

const createEvents = () => {
  const listeners: { readonly type: string; readonly act: Act }[] = []
  return {
    add: (type: string, act: Act, options?: { signal?: AbortSignal }): void => {
      const listener = { type, act }
      listeners.push(listener)
      options?.signal?.addEventListener('abort', () => void listeners.splice(listeners.indexOf(listener), 1))
    },
    dispatch: (type: string, event: object): void => {
      for (const listener of [...listeners])
        if (listener.type === type && listeners.includes(listener)) listener.act(event)
    },
  }
}

const known = new Map<string, { readonly notice: string; readonly snapshot: Snapshot }>()

/** What the banner hands over of a config, read once for all worlds. */
const read = ({ json, url }: ConfigFile) => {
  const before = known.get(json)
  if (before) return before
  const config = parseConfig(json, url)
  const made = { notice: config.notice, snapshot: snapshotOf(config) }
  known.set(json, made)
  return made
}

/** What a choice in the banner hands over, without the banner. */
const createBanner = (abreast: () => void) => {
  let shown: { choose: Choose; file: ConfigFile } | undefined
  let wanted: Grants | undefined
  const answer = (): void => {
    if (!shown || !wanted) return
    const { choose, file } = shown
    const grants = wanted
    shown = wanted = undefined
    const { notice, snapshot } = read(file)
    abreast()
    choose({ grants, means: 'banner' }, notice, snapshot)
  }
  return {
    showBanner: (file: ConfigFile, _grants: Grants, _settings: boolean, choose: Choose): void => {
      shown ??= { choose, file }
      answer()
    },
    isShown: () => shown !== undefined,
    want: (grants: Grants): void => {
      wanted = grants
      answer()
    },
  }
}

export const createPage = (around: PageSurroundings, realm: Realm, path: string): Page => {
  const { world, wall, serve } = around
  const events = createEvents()
  const banner = createBanner(() => around.abreast(realm))
  /** The visitor goes on from there to the choices. */
  const centre = {
    showCentre: ([file, , , , choose]: readonly [ConfigFile | undefined, unknown, unknown, unknown, Choose]): void =>
      file && banner.showBanner(file, {}, true, choose),
  }
  const warnings: string[] = []
  let onmessage: ((event: { data: unknown }) => void) | undefined
  const lane = { lane: `${realm.name} files` }

  const document = {
    hidden: false,
    prerendering: false,
    baseURI: ORIGIN + path,
    documentElement: { setAttribute: () => {}, removeAttribute: () => {}, getAttributeNames: () => [] },
    querySelector: () => null,
    querySelectorAll: () => [],
    addEventListener: events.add,
  }
  const window: object = {}
  const line = (problem: unknown): void => void warnings.push(String(problem))
  let drawn = 0

  const code: ReturnType<Subject['page']> = around.page({
    window,
    top: window,
    document,
    location: { origin: ORIGIN, pathname: path, hash: '', href: ORIGIN + path },
    localStorage: around.view(realm),
    indexedDB: { deleteDatabase: () => around.deleteDatabase(realm) },
    navigator: {},
    performance: { now: world.now },
    crypto: {
      getRandomValues: (into: Uint32Array) => {
        into[0] = world.below(2 ** 31) + drawn++
        return into
      },
    },
    console: { warn: line, error: line, log: line },
    Date: class extends Date {
      static override now(): number {
        return wall()
      }
    },
    Worker: workerClass(around, { realm }),
    BroadcastChannel: class {
      set onmessage(listener: typeof onmessage) {
        onmessage = listener
      }
      postMessage(data: unknown): void {
        around.broadcast(realm, data)
      }
      close(): void {}
    },
    MessageChannel: messageChannel(world, realm),
    // No page here changes after it was loaded.
    MutationObserver: class {
      observe(): void {}
      disconnect(): void {}
    },
    fetch: (url: string) =>
      world.ask(realm, lane, () => {
        const text = serve(url)
        return { ok: true, status: 200, text: () => world.ask(realm, lane, () => text) }
      }),
    setTimeout: (act: (...given: unknown[]) => void, ms: number, ...given: unknown[]) =>
      world.after(realm, ms, () => act(...given)),
    clearTimeout: (off?: () => void) => off?.(),
    addEventListener: events.add,
    removeEventListener: () => {},
    importFile: (url: string) =>
      world.ask(realm, lane, () => {
        if (url.endsWith('nearside-banner.js')) return banner
        if (url.endsWith('nearside-centre.js')) return centre
        if (/nearside-(follow|refusal|rights|session)\.js$/.test(url)) return code
        throw new Error(`${url} is not simulated`)
      }),
  })

  const nearside = code.startNearside({ config: CONFIG_URL, base: `${ORIGIN}/nearside/nearside.js` })
  return {
    realm,
    nearside,
    path,
    warnings,
    dispatch: (type, event = {}) => events.dispatch(type, event),
    hear: data => onmessage?.({ data }),
    hide: hidden => {
      if (document.hidden === hidden) return
      document.hidden = hidden
      events.dispatch('visibilitychange', {})
    },
    choose: grants => {
      banner.want(grants)
      if (!banner.isShown()) void nearside.openPrivacyCenter()
    },
    withdraw: purpose => {
      around.abreast(realm)
      return nearside.withdraw(purpose)
    },
    pause: on => {
      around.abreast(realm)
      return nearside.pause(on)
    },
    erase: () => {
      around.abreast(realm)
      return nearside.erase()
    },
  }
}
