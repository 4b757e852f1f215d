// The world of one visitor: a seed, a clock that only moves when told to, and a queue in which every answer waits. The seed picks
// which of them comes next; nothing else decides anything, so that a seed replays to the last event.

/** A page or a worker: what waits for it is never delivered once it is dead, and not while it is frozen. */
export interface Realm {
  readonly name: string
  readonly parent: Realm | undefined
  readonly children: Realm[]
  alive: boolean
  frozen: boolean
}

interface Waiting {
  readonly realm: Realm
  readonly act: () => void | Promise<void>
  /** What happens to those whose asker died: it may have been on its way already. */
  readonly outlives: 'always' | 'perhaps' | 'never'
  readonly dropped?: (() => void) | undefined
}

interface Timer {
  readonly realm: Realm
  readonly due: number
  readonly act: () => void
}

export interface Asking {
  /** Things in one lane come in the order in which they were asked for. */
  readonly lane: string
  readonly outlives?: Waiting['outlives']
  /** Called where it is lost with its asker, before it happened. */
  readonly dropped?: () => void
}

/** One answer in so many is on its way for a while after what it tells of has happened. */
const LATE = 0.2
/** One step in so many is a timer that fires although answers wait. */
const IMPATIENT = 0.03
/** Answers are late by minutes: no midnight passes while one is on its way, unless somebody lets time go by. */
const LATE_MS = 300_000
/** Timers that fire in one long wait: a machine that slept fires the rest when it wakes. */
const AWAKE = 4

/** Mulberry32: 32 bits of state, uniform enough to choose among events. */
const createDraw = (seed: number) => {
  let state = seed | 0
  return (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Everything that can go on by itself has gone on: promises have no more to do. */
const settled = (): Promise<void> => new Promise(go => process.nextTick(go))

/** The same, and whatever was rejected and heard by nobody is told. */
export const heard = (): Promise<void> => new Promise(setImmediate)

export const createWorld = (seed: number, start: number, keepTrace = false) => {
  const draw = createDraw(seed)
  const lanes = new Map<string, Waiting[]>()
  let timers: Timer[] = []
  let now = start
  let events = 0
  let digest = 0x811c9dc5
  let realms = 0
  const trace: string[] = []

  const below = (n: number): number => Math.floor(draw() * n)
  const chance = (share: number): boolean => draw() < share

  const note = (line: string): void => {
    events++
    for (let i = 0; i < line.length; i++) digest = Math.imul(digest ^ line.charCodeAt(i), 0x01000193)
    digest = Math.imul(digest ^ (now & 0x7fffffff), 0x01000193)
    if (keepTrace) trace.push(`${now - start} ${line}`)
  }

  const enqueue = (lane: string, waiting: Waiting): void => {
    const queue = lanes.get(lane)
    if (queue) queue.push(waiting)
    else lanes.set(lane, [waiting])
  }

  const realm = (kind: string, parent?: Realm): Realm => {
    const made: Realm = { name: `${kind}${++realms}`, parent, children: [], alive: true, frozen: false }
    parent?.children.push(made)
    return made
  }

  const isFrozen = (it: Realm): boolean => it.frozen || (it.parent !== undefined && isFrozen(it.parent))

  /** Something is told to a realm: nobody waits for an answer. */
  const tell = (to: Realm, { lane, outlives = 'never', dropped }: Asking, act: () => void | Promise<void>): void => {
    if (to.alive || outlives !== 'never') enqueue(lane, { realm: to, act, outlives, dropped })
  }

  /** A port is asked: `effect` happens when its turn comes, and the answer is delivered then or some time later. */
  const ask = <T>(by: Realm, asking: Asking, effect: () => T | Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      if (!by.alive) return
      const deliver = (act: () => void): void => {
        if (!by.alive) return
        if (chance(LATE)) tell(by, { lane: `${asking.lane}<${events}` }, act)
        else act()
      }
      tell(by, asking, async () => {
        try {
          const value = await effect()
          deliver(() => resolve(value))
        } catch (error) {
          deliver(() => reject(error))
        }
      })
    })

  const kill = (it: Realm): void => {
    if (!it.alive) return
    it.alive = false
    for (const child of it.children) kill(child)
    timers = timers.filter(timer => timer.realm !== it)
    for (const [lane, queue] of lanes) {
      const kept = queue.filter(waiting => {
        if (waiting.realm !== it || waiting.outlives === 'always') return true
        if (waiting.outlives === 'perhaps' && chance(0.5)) return true
        waiting.dropped?.()
        return false
      })
      if (kept.length) lanes.set(lane, kept)
      else lanes.delete(lane)
    }
  }

  const after = (by: Realm, ms: number, act: () => void): (() => void) => {
    if (!by.alive) return () => {}
    const timer = { realm: by, due: now + Math.max(0, ms), act }
    timers.push(timer)
    return () => {
      timers = timers.filter(each => each !== timer)
    }
  }

  const nextTimer = (): Timer | undefined => {
    let next: Timer | undefined
    for (const timer of timers) if (!isFrozen(timer.realm) && (!next || timer.due < next.due)) next = timer
    return next
  }

  const fire = async (timer: Timer): Promise<void> => {
    timers = timers.filter(each => each !== timer)
    now = Math.max(now, timer.due)
    note(`${timer.realm.name} timer`)
    timer.act()
    await settled()
  }

  /** The next event, whichever the seed picks. @returns false where nothing waits but timers that are not due */
  const step = async (): Promise<boolean> => {
    const ready: string[] = []
    for (const [lane, queue] of lanes) if (!isFrozen((queue[0] as Waiting).realm)) ready.push(lane)
    const timer = nextTimer()
    if (
      timer &&
      (timer.due <= now
        ? !ready.length || chance(1 / (ready.length + 1))
        : ready.length && timer.due < now + LATE_MS && chance(IMPATIENT))
    )
      await fire(timer)
    else if (ready.length) {
      const lane = ready[below(ready.length)] as string
      const queue = lanes.get(lane) as Waiting[]
      const waiting = queue.shift() as Waiting
      if (!queue.length) lanes.delete(lane)
      now += below(3)
      note(lane)
      await waiting.act()
      await settled()
    } else return false
    return true
  }

  /** Lets at most so many events happen. */
  const pass = async (most: number): Promise<void> => {
    await settled()
    for (let i = 0; i < most && (await step()); ) i++
  }

  /** More events than any quiet world has in store: whoever reaches it goes round in circles. */
  const ENDLESS = 20_000
  const quiet = async (): Promise<void> => {
    await settled()
    for (let i = 0; await step(); i++) if (i > ENDLESS) throw new Error('the world never comes to rest')
  }

  /** Time goes by; timers that fall due fire. */
  const elapse = async (ms: number): Promise<void> => {
    const until = now + ms
    for (let i = 0; i < AWAKE; i++) {
      const timer = nextTimer()
      if (!timer || timer.due > until) break
      await fire(timer)
      await pass(below(12))
    }
    now = Math.max(now, until)
    note('time')
  }

  return {
    now: () => now,
    /** A moment of its own for whoever looks at a clock. */
    tick: () => ++now,
    draw,
    below,
    chance,
    note,
    realm,
    isFrozen,
    tell,
    ask,
    kill,
    after,
    step,
    pass,
    quiet,
    elapse,
    trace,
    /** Runs at once what waits in these lanes. */
    flush: (wanted: (lane: string) => boolean): void => {
      for (const [lane, queue] of [...lanes])
        if (wanted(lane)) {
          lanes.delete(lane)
          for (const waiting of queue) void waiting.act()
        }
    },
    /** What happened so far, as one number, and how much it was. */
    digest: () => digest >>> 0,
    events: () => events,
  }
}

export type World = ReturnType<typeof createWorld>
