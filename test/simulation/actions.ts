// What a visitor, a site and the world do, as commands that two drivers carry out: the simulation and a real browser.
import fc from 'fast-check'
import { CATEGORIES, type Category, type Grants, PURPOSES, type Purpose } from '../../core/consent.ts'
import type { Correction } from '../../core/correction.ts'
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../core/epoch.ts'
import type { SegmentId } from '../../core/segmentation.ts'
import { NETWORK, type Network } from './collector.ts'

export const EVICTED = ['database', 'key', 'all'] as const
export type Evicted = (typeof EVICTED)[number]
export const DISK_FAULTS = ['full', 'blocked', 'none'] as const
export type DiskFault = (typeof DISK_FAULTS)[number]

/** Which tab: of those that are open, counted round. */
type Which = number

/** Carries actions out; each settles once it is begun, and some of what follows from it has happened. */
export interface Driver {
  open(path: number): Promise<void>
  close(tab: Which): Promise<void>
  kill(tab: Which): Promise<void>
  navigate(tab: Which, path: number): Promise<void>
  back(tab: Which): Promise<void>
  hide(tab: Which): Promise<void>
  grant(tab: Which, grants: Grants): Promise<void>
  withdraw(tab: Which, purpose: Purpose | undefined): Promise<void>
  /** @param category nothing but what was noted of it */
  erase(tab: Which, category: Category | undefined): Promise<void>
  correct(tab: Which, correction: Correction): Promise<void>
  /** @param n which signal of those that are kept: it is removed, or where it is a view, said to be of another page */
  correctSignal(tab: Which, n: number): Promise<void>
  pause(tab: Which, on: boolean): Promise<void>
  signal(tab: Which, kind: string, times: number): Promise<void>
  hydrate(tab: Which, ids: readonly number[]): Promise<void>
  wait(ms: number): Promise<void>
  stepClock(ms: number): Promise<void>
  evict(what: Evicted): Promise<void>
  disk(fault: DiskFault, on: boolean): Promise<void>
  flip(): Promise<void>
  crash(): Promise<void>
  network(it: Network): Promise<void>
  publish(model: number): Promise<void>
  ask(notice: number): Promise<void>
  rest(): Promise<void>
}

/** What a command may rely on. */
export interface Known {
  tabs: number
}

type Command = fc.AsyncCommand<Known, Driver>

const command = (name: string, needsTab: boolean, act: (driver: Driver) => Promise<void>, tabs = 0): Command => ({
  check: known => !needsTab || known.tabs > 0,
  run: async (known, driver) => {
    known.tabs = Math.max(0, known.tabs + tabs)
    await act(driver)
  },
  toString: () => name,
})

const which = fc.nat({ max: 3 })
const path = fc.nat({ max: 2 })

const grants: fc.Arbitrary<Grants> = fc
  .oneof(
    { weight: 3, arbitrary: fc.constant(['personalization', 'measurement']) },
    { weight: 1, arbitrary: fc.constant(['personalization']) },
    { weight: 1, arbitrary: fc.constant(['measurement']) },
  )
  .chain(purposes =>
    fc
      .oneof(
        { weight: 3, arbitrary: fc.constant([...CATEGORIES]) },
        { weight: 1, arbitrary: fc.subarray([...CATEGORIES], { minLength: 1 }) },
      )
      .map(categories => Object.fromEntries(purposes.map(purpose => [purpose, categories as Category[]]))),
  )

const KINDS = ['add_to_cart', 'purchase', 'answer', 'page_view'] as const

const span = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 3 * SECOND_MS }) },
  { weight: 2, arbitrary: fc.integer({ min: MINUTE_MS, max: 15 * MINUTE_MS }) },
  { weight: 2, arbitrary: fc.integer({ min: 40 * MINUTE_MS, max: 2 * DAY_MS }) },
  { weight: 1, arbitrary: fc.integer({ min: 5 * DAY_MS, max: 25 * DAY_MS }) },
)

const short = (it: Grants): string =>
  Object.entries(it)
    .map(([purpose, categories]) => `${purpose}: ${categories.join(' ')}`)
    .join('; ')

/** What is said of segments; of signals, nobody knows here which there are. */
const corrections: fc.Arbitrary<Correction> = fc
  .constantFrom('v1', 'v2', 'v3')
  .chain(id =>
    fc.constantFrom<Correction>(
      { segmentation: 'visit', segment: id as SegmentId },
      { segmentation: 'visit', segment: null },
      { segmentation: 'visit', not: id as SegmentId },
    ),
  )

/** Each action, and how often it is taken among the others. */
const ACTIONS: readonly [number, fc.Arbitrary<Command>][] = [
  [4, fc.tuple(which, grants).map(([tab, it]) => command(`grant(${tab}, ${short(it)})`, true, d => d.grant(tab, it)))],
  [1, which.map(tab => command(`withdraw(${tab})`, true, d => d.withdraw(tab, undefined)))],
  [
    1,
    fc
      .tuple(which, fc.constantFrom(...PURPOSES.slice(0, 2)))
      .map(([tab, purpose]) => command(`withdraw(${tab}, ${purpose})`, true, d => d.withdraw(tab, purpose))),
  ],
  [1, which.map(tab => command(`erase(${tab})`, true, d => d.erase(tab, undefined)))],
  [
    1,
    fc
      .tuple(which, fc.constantFrom(...CATEGORIES))
      .map(([tab, category]) => command(`erase(${tab}, ${category})`, true, d => d.erase(tab, category))),
  ],
  [
    1,
    fc
      .tuple(which, corrections)
      .map(([tab, it]) => command(`correct(${tab}, ${JSON.stringify(it)})`, true, d => d.correct(tab, it))),
  ],
  [
    1,
    fc
      .tuple(which, fc.nat({ max: 9 }))
      .map(([tab, n]) => command(`correctSignal(${tab}, ${n})`, true, d => d.correctSignal(tab, n))),
  ],
  [2, fc.tuple(which, fc.boolean()).map(([tab, on]) => command(`pause(${tab}, ${on})`, true, d => d.pause(tab, on)))],
  [
    6,
    fc
      .tuple(which, fc.constantFrom(...KINDS), fc.integer({ min: 1, max: 3 }))
      .map(([tab, kind, times]) =>
        command(`signal(${tab}, ${kind} x ${times})`, true, d => d.signal(tab, kind, times)),
      ),
  ],
  [
    1,
    fc
      .tuple(which, fc.uniqueArray(fc.nat({ max: 5 }), { minLength: 1, maxLength: 3 }))
      .map(([tab, ids]) => command(`hydrate(${tab}, ${ids})`, true, d => d.hydrate(tab, ids))),
  ],
  [3, path.map(to => command(`open(${to})`, false, d => d.open(to), 1))],
  [2, which.map(tab => command(`close(${tab})`, true, d => d.close(tab), -1))],
  [1, which.map(tab => command(`kill(${tab})`, true, d => d.kill(tab), -1))],
  [4, fc.tuple(which, path).map(([tab, to]) => command(`navigate(${tab}, ${to})`, true, d => d.navigate(tab, to)))],
  [1, which.map(tab => command(`back(${tab})`, true, d => d.back(tab)))],
  [1, which.map(tab => command(`hide(${tab})`, true, d => d.hide(tab)))],
  [6, span.map(ms => command(`wait(${ms})`, false, d => d.wait(ms)))],
  [
    1,
    fc.tuple(span, fc.boolean()).map(([ms, ahead]) => {
      const by = ahead ? ms : -ms
      return command(`stepClock(${by})`, false, d => d.stepClock(by))
    }),
  ],
  [1, fc.constantFrom(...EVICTED).map(what => command(`evict(${what})`, false, d => d.evict(what)))],
  [
    1,
    fc
      .tuple(fc.constantFrom(...DISK_FAULTS), fc.boolean())
      .map(([fault, on]) => command(`disk(${fault}, ${on})`, false, d => d.disk(fault, on))),
  ],
  [1, fc.constant(command('flip()', false, d => d.flip()))],
  [1, fc.constant(command('crash()', false, d => d.crash(), Number.NEGATIVE_INFINITY))],
  [2, fc.constantFrom(...NETWORK).map(it => command(`network(${it})`, false, d => d.network(it)))],
  [1, fc.nat({ max: 2 }).map(model => command(`publish(${model})`, false, d => d.publish(model)))],
  [1, fc.nat({ max: 1 }).map(notice => command(`ask(${notice})`, false, d => d.ask(notice)))],
  [3, fc.constant(command('rest()', false, d => d.rest()))],
]

/** Sequences of at most so many actions, which shrink. */
export const sequences = (most: number): fc.Arbitrary<Iterable<Command>> =>
  fc.commands(
    ACTIONS.flatMap(([weight, arbitrary]) => Array.from({ length: weight }, () => arbitrary)),
    { maxCommands: most, size: 'max' },
  )
