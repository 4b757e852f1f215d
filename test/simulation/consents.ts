// What visitors decided, and which page and worker should know of it by now.
import { NONE, type Pairs, pairsOf } from '../../core/consent.ts'
import type { Decision } from '../../core/decision.ts'
import { dateOf } from '../../core/epoch.ts'
import { isGrant, parseStanding } from '../../core/standing.ts'
import type { Realm } from './world.ts'

/** What a worker's world was when it asked for a commit. */
export interface Asked {
  readonly allowed: Pairs
  /** The same, and what was left alone at the visitor's wish: it may be kept, seen, set right and deleted. */
  readonly kept: Pairs
  /** The same, were no consent ever to run out: for what only notes the end of something begun in time. */
  readonly everAllowed: Pairs
  /** Times that a page stamped on its calls, the latest first. */
  readonly stamps: readonly number[]
}

/** Times a page stamped on its calls: a commit is of one of the latest. */
const STAMPS = 12
const ALL_STAMPS = 50

const pairsAt = (it: Decision | undefined, at: number, paused: boolean): Pairs =>
  it && dateOf(at) < it.expires && (paused || !it.paused) ? pairsOf(it.grants) : NONE

/**
 * What is promised of consent: whoever writes or sends does so under a decision that stood at some time since they were last told.
 * A page is told when it begins, when a message of another tab reaches it, and when it refuses itself; a worker by being begun.
 */
export const createConsents = () => {
  /** What stood, one decision after the other, as visitors decided: no page need have heard of it yet. */
  const standing: (Decision | undefined)[] = [undefined]
  let explicit = false
  /** Whoever decided what stands. */
  let decider: Realm | undefined
  /** The latest that anybody decided: a key that was cleared is no decision. */
  let decided = 0
  const told = new Map<Realm, number>()
  /** What stood when a page began, or when it decided itself: it sees to the end of what that ended. */
  const charged = new Map<Realm, number>()
  /** The latest that a page decided itself. */
  const own = new Map<Realm, number>()
  const stamps = new Map<Realm, number[]>()
  /** Of all workers: one may write on what another has worked out. */
  let allStamps: number[] = []

  const latest = (): number => standing.length - 1

  const since = (realm: Realm): number =>
    Math.max(told.get(realm) ?? 0, realm.parent ? (told.get(realm.parent) ?? 0) : 0)

  /**
   * @param at ms since 1970; without it, as if nothing ever ran out
   * @param paused whether what is paused counts
   */
  const allowedTo = (realm: Realm, at: number | undefined, paused = false): Pairs => {
    let pairs: number = NONE
    for (let i = since(realm); i < standing.length; i++) {
      const it = standing[i]
      pairs |= at === undefined ? pairsOf(it?.grants ?? {}) : pairsAt(it, at, paused)
    }
    return pairs as Pairs
  }

  const asking = (worker: Realm): Asked => {
    const times = stamps.get(worker) ?? []
    return {
      allowed: times.reduce((pairs, at) => pairs | allowedTo(worker, at), 0) as Pairs,
      kept: times.reduce((pairs, at) => pairs | allowedTo(worker, at, true), 0) as Pairs,
      everAllowed: allowedTo(worker, undefined),
      stamps: [...times, ...allStamps],
    }
  }

  return {
    /** Somebody decided: from now on this stands. */
    decided: (page: Realm, text: string | undefined, unseen: boolean): void => {
      // Who erases takes the refusal away last; that a yes was said elsewhere meanwhile, it may not see yet: who said it is asked again.
      explicit = text !== undefined || decider === page || !isGrant(standing[latest()])
      const before = standing[latest()]
      const it = parseStanding(text ?? null)
      standing.push(it)
      // Two that decide at once have not seen each other's: the key may end up with either.
      if (unseen && isGrant(before)) standing.push(before)
      if (!explicit) return
      decider = page
      decided = latest()
      charged.set(page, latest())
      own.set(page, latest())
      if (!isGrant(standing[latest()])) told.set(page, latest())
    },
    /** The key is gone, and nobody was told. */
    lost: (): void => {
      standing.push(undefined)
      explicit = false
    },
    latest: (): number => decided,
    /**
     * A page is told of a decision. After the key was cleared a new one may have the `seq` that the page knows: then it cannot
     * tell, and stops only when it hears that all is deleted.
     */
    told: (page: Realm, which: number, news: unknown): void => {
      const before = told.get(page) ?? 0
      const knows = standing[Math.max(before, own.get(page) ?? 0)]
      if (which > before && news !== knows?.seq) told.set(page, which)
    },
    /** A page reads the key. @param stands whether there is anything in it: a refusal that found no room is not seen to later */
    loaded: (page: Realm, stands: boolean): void => {
      told.set(page, latest())
      if (stands) charged.set(page, latest())
    },
    began: (worker: Realm, page: Realm): void => void told.set(worker, told.get(page) ?? 0),
    stamped: (worker: Realm, now: number): void => {
      stamps.set(worker, [now, ...(stamps.get(worker) ?? [])].slice(0, STAMPS))
      allStamps = [now, ...allStamps].slice(0, ALL_STAMPS)
    },
    allowedTo,
    asking,
    isPaused: (): boolean => explicit && !!standing[latest()]?.paused,
    /** Did a visitor say no, and is a page alive that is to see to it? Whoever decided may have died before all was done. */
    isOver: (): boolean =>
      explicit &&
      !isGrant(standing[latest()]) &&
      !standing[latest()]?.paused &&
      [...charged].some(([page, since]) => page.alive && !page.frozen && since === latest()),
  }
}

export type Consents = ReturnType<typeof createConsents>
