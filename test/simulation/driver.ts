// The simulated driver: begins an action, and lets the world go on for a while, as the seed has it.
import type { Correction } from '../../core/correction.ts'
import { MINUTE_MS } from '../../core/epoch.ts'
import type { Signal } from '../../core/signal.ts'
import type { Given } from '../../sdk/api.ts'
import type { Driver } from './actions.ts'
import { must } from './broken.ts'
import type { Device, Tab } from './device.ts'
import type { Page } from './page.ts'
import { heard } from './world.ts'

/** As often, and as far apart, as a page asks its worker anew. */
const MOMENTS = 4
const MOMENT_MS = 250

/** One action in so many begins the next before anything follows from it. */
const AT_ONCE = 0.2
const PARTLY = 0.4
/** The most events that follow an action that is not left to run its course. */
const PART = 30

/** After so long a wait everything short has come to an end, or the machine slept. */
const LONG_MS = MINUTE_MS
const SLEPT = 0.1

/** Of each kind of signal that is noted. */
export const FIELDS: { readonly [kind: string]: { readonly [field: string]: string | number } } = {
  answer: { question: 'size', answer: 'large' },
  page_view: {},
}

/** Orders of the past as a site's records have them, each always the same age. */
export const givenOrders = (ids: readonly number[], now: number): Given[] =>
  ids.map(id => ({ kind: 'purchase', at: now - (id + 1) * 1000 * MINUTE_MS, id: `order-${id}` }))

/** What a visitor says of the n-th signal of those that are kept. */
export const correctionOf = (signals: readonly Signal[], n: number): Correction | undefined => {
  const signal = signals[n % Math.max(1, signals.length)]
  return signal && { signal, to: signal.kind === 'page_view' && n % 2 ? { ...signal, page: 'help' } : null }
}

export const createDriver = (device: Device): Driver => {
  const { world, disks, area, site, server } = device

  const tabAt = (which: number): Tab => device.tabs()[which % device.tabs().length] as Tab

  /** @throws what was broken by it */
  const check = (): void => {
    const broken = device.broken()
    if (broken) throw broken
  }

  /** What pages were asked and have not answered. */
  const unanswered = new Set<readonly [page: Page, what: string]>()
  const asked = (page: Page, what: string, answer: Promise<unknown>): void => {
    const one = [page, what] as const
    unanswered.add(one)
    const done = (): void => void unanswered.delete(one)
    answer.then(done, done)
  }
  const checkAnswered = (): void => {
    for (const [{ realm }, what] of unanswered)
      must(!realm.alive || world.isFrozen(realm), 'whatever is asked of a page is answered', what)
  }

  const follow = async (): Promise<void> => {
    const draw = world.draw()
    if (draw < AT_ONCE) await world.pass(0)
    else if (draw < AT_ONCE + PARTLY) await world.pass(world.below(PART))
    else await world.quiet()
    await heard()
    check()
  }

  const doing =
    <A extends unknown[]>(name: string, act: (...args: A) => void) =>
    async (...args: A): Promise<void> => {
      world.note(`${name} ${args.length && typeof args[0] !== 'object' ? args.join(' ') : ''}`)
      act(...args)
      await follow()
    }

  return {
    open: doing('open', path => device.open(path)),
    close: doing('close', which => device.close(tabAt(which))),
    kill: doing('kill', which => device.kill(tabAt(which))),
    navigate: doing('navigate', (which, path) => device.navigate(tabAt(which), path)),
    back: doing('back', which => device.back(tabAt(which))),
    hide: doing('hide', which => {
      const { page } = tabAt(which)
      page.hide(true)
      if (world.chance(0.7)) page.hide(false)
    }),
    grant: doing('grant', (which, grants) => tabAt(which).page.choose(grants)),
    withdraw: doing('withdraw', (which, purpose) => {
      const { page } = tabAt(which)
      asked(page, 'withdraw', page.withdraw(purpose))
    }),
    erase: doing('erase', (which, category) => {
      const { page } = tabAt(which)
      asked(page, 'erase', category ? page.nearside.erase({ category }) : page.erase())
    }),
    correct: doing('correct', (which, correction) => {
      const { page } = tabAt(which)
      asked(page, 'correct', page.nearside.correct(correction))
    }),
    correctSignal: doing('correctSignal', (which, n) => {
      const { page } = tabAt(which)
      const { nearside } = page
      const set = async (): Promise<void> => {
        const correction = correctionOf((await nearside.exportData())?.signals ?? [], n)
        if (correction) await nearside.correct(correction)
      }
      asked(page, 'exportData', set())
    }),
    pause: doing('pause', (which, on) => {
      const { page } = tabAt(which)
      asked(page, 'pause', page.pause(on))
    }),
    signal: doing('signal', (which, kind, times) => {
      for (let i = 0; i < times; i++) tabAt(which).page.nearside.signal(kind, FIELDS[kind])
    }),
    hydrate: doing('hydrate', (which, ids) => {
      const { page } = tabAt(which)
      asked(page, 'hydrate', page.nearside.hydrate(givenOrders(ids, device.wallNow())))
    }),
    wait: async ms => {
      if (ms >= LONG_MS && !world.chance(SLEPT)) await world.quiet()
      await world.elapse(ms)
      await follow()
    },
    stepClock: doing('step', ms => device.stepClock(ms)),
    evict: doing('evict', what => device.evict(what)),
    disk: doing('disk', (fault, on) => {
      disks.faults[fault] = on
      if (fault === 'full') area.full = on
    }),
    flip: doing('flip', () => disks.flip()),
    crash: doing('crash', () => device.crash()),
    network: doing('network', it => server.set(it)),
    publish: doing('publish', model => {
      site.model = model
    }),
    ask: doing('ask', notice => {
      site.notice = notice
    }),
    rest: async () => {
      await world.quiet()
      await heard()
      // What is asked of a page that stops is asked again, some moments later.
      for (let i = 0; i < MOMENTS && unanswered.size; i++) {
        await world.elapse(MOMENT_MS)
        await world.quiet()
      }
      check()
      checkAnswered()
      await device.atRest()
    },
  }
}
