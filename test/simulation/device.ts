// One visitor's browser: tabs with the real page code, workers with the real device, and the storage that they share.
import { STANDING_KEY } from '../../core/standing.ts'
import { createServer } from './collector.ts'
import { type Asked, createConsents } from './consents.ts'
import { createDisks } from './disk.ts'
import { createInvariants } from './invariants.ts'
import { createPage, type Page, type PageSurroundings } from './page.ts'
import { CONFIGS, MODELS, PATHS } from './site.ts'
import { createArea } from './storage.ts'
import type { Subject } from './subject.ts'
import type { Realm, World } from './world.ts'

export interface Tab {
  page: Page
  /** Where it was before, the latest last; frozen, or only an address. */
  readonly past: (Page | string)[]
}

export const createDevice = (world: World, subject: Subject) => {
  const browser = world.realm('browser')
  const server = createServer(world)
  const consents = createConsents()
  const invariants = createInvariants(consents, server)
  const site = { model: 0, notice: 0 }
  let tabs: Tab[] = []
  let skew = 0
  const given = new Set<number>()
  /** By the visitor's clock. */
  const wallNow = (): number => world.now() + skew
  /** The first promise that was broken; no error of ours may hide in a promise of the code under test. */
  let broken: unknown

  const watching =
    <A extends unknown[]>(check: (...args: A) => void) =>
    (...args: A): void => {
      try {
        check(...args)
      } catch (error) {
        broken ??= error
      }
    }

  const area = createArea(world, {
    decided: (page, text, unseen) => {
      world.note(`${page.name} decides ${text ?? 'nothing'}`)
      consents.decided(page, text, unseen)
    },
    parked: watching(invariants.parked),
  })

  const disks = createDisks(world, {
    asking: realm => consents.asking(realm),
    committed: watching((database, before, commit, asked) =>
      invariants.committed(database, before, commit, asked as Asked),
    ),
    inTheWay: realm => end(realm.parent ?? realm),
  })

  const end = (realm: Realm): void => {
    world.kill(realm)
    disks.release()
  }

  const pages = (): Page[] =>
    tabs.flatMap(({ page, past }) => [page, ...past.filter(it => typeof it !== 'string')]).filter(it => it.realm.alive)

  const around: PageSurroundings = {
    world,
    page: subject.page,
    worker: subject.worker({}),
    openDisk: disks.open,
    post: (realm, url, body) => {
      world.note(`${realm.name} posts ${body}`)
      watching(invariants.posted)(realm, url, body)
      return server.post(realm, url, body)
    },
    serve: url => {
      if (url.endsWith('/nearside.json')) return CONFIGS[site.notice] as string
      return MODELS[site.model] as string
    },
    began: consents.began,
    stamped: consents.stamped,
    killed: () => disks.release(),
    wall: () => {
      let now = world.tick() + skew
      while (given.has(now)) now = world.tick() + skew
      given.add(now)
      return now
    },
    view: area.view,
    deleteDatabase: disks.deleteBy,
    broadcast: (from, data) => {
      const which = consents.latest()
      for (const page of pages()) {
        if (page.realm === from) continue
        if (page.realm.frozen) end(page.realm)
        else
          world.tell(page.realm, { lane: `${page.realm.name} channel` }, () => {
            consents.told(page.realm, which, data)
            page.hear(data)
          })
      }
    },
    abreast: realm => {
      world.flush(lane => lane.endsWith(' writes'))
      world.flush(lane => lane === `${realm.name} storage`)
    },
  }

  const load = (path: string): Page => {
    const realm = world.realm('page', browser)
    // A load takes longer than a message between processes.
    world.flush(lane => lane.endsWith(' writes'))
    consents.loaded(realm, area.truth.has(STANDING_KEY))
    invariants.loaded()
    return createPage(around, realm, path)
  }

  /** The page goes; its worker may live on for a moment. */
  const leave = (page: Page): void => {
    const { realm } = page
    if (!realm.alive) return
    page.dispatch('pagehide')
    page.hide(true)
    for (const worker of realm.children)
      if (worker.alive && world.chance(0.5)) {
        realm.children.splice(realm.children.indexOf(worker), 1)
        world.tell(browser, { lane: `${worker.name} end` }, () => end(worker))
      }
    end(realm)
  }

  const freeze = (page: Page): void => {
    page.dispatch('pagehide', { persisted: true })
    page.hide(true)
    page.realm.frozen = true
  }

  const pathOf = (n: number): string => PATHS[n % PATHS.length] as string

  return {
    world,
    site,
    server,
    disks,
    area,
    invariants,
    tabs: () => tabs,
    broken: () => broken,
    /** Something was broken that no port could see. */
    blame: (error: unknown): void => {
      broken ??= error
    },
    wallNow,

    open: (path: number): void => void tabs.push({ page: load(pathOf(path)), past: [] }),
    close: (tab: Tab): void => {
      leave(tab.page)
      for (const page of tab.past) if (typeof page !== 'string') end(page.realm)
      tabs = tabs.filter(it => it !== tab)
    },
    kill: (tab: Tab): void => {
      for (const page of [tab.page, ...tab.past]) if (typeof page !== 'string') end(page.realm)
      tabs = tabs.filter(it => it !== tab)
    },
    navigate: (tab: Tab, path: number): void => {
      const before = tab.page
      // Whoever others wait for is not kept in the back-forward cache.
      if (!before.realm.children.some(disks.isAwaited) && world.chance(0.5)) {
        freeze(before)
        tab.past.push(before)
      } else {
        leave(before)
        tab.past.push(before.path)
      }
      tab.page = load(pathOf(path))
    },
    back: (tab: Tab): void => {
      const before = tab.past.pop()
      if (before === undefined) return
      leave(tab.page)
      if (typeof before === 'string' || !before.realm.alive) {
        tab.page = load(typeof before === 'string' ? before : before.path)
        return
      }
      before.realm.frozen = false
      tab.page = before
      before.hide(false)
      before.dispatch('pageshow', { persisted: true })
    },
    stepClock: (ms: number): void => {
      skew += ms
    },
    /** The power goes. */
    crash: (): void => {
      for (const page of pages()) end(page.realm)
      tabs = []
      disks.forget()
    },
    evict: (what: 'database' | 'key' | 'all'): void => {
      if (what !== 'key') disks.evict()
      if (what !== 'database') {
        area.clear()
        consents.lost()
      }
    },
    /** Checks what holds while nothing is on its way. */
    atRest: (): Promise<void> =>
      invariants.atRest(
        disks.database(),
        area.truth,
        pages()
          .filter(({ realm }) => !realm.frozen)
          .map(({ nearside }) => nearside.segments()),
      ),
  }
}

export type Device = ReturnType<typeof createDevice>
