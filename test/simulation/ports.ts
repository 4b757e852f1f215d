// Message ports, channels and what crosses them: copied as the browser copies it, and delivered when the world says so.
import type { Realm, World } from './world.ts'

type Listener = (event: { data: unknown }) => void

export interface Port {
  postMessage(data: unknown): void
  addEventListener(type: string, listener: Listener): void
  removeEventListener(type: string, listener: Listener): void
  start(): void
}

const isPort = (value: object): value is Port => 'postMessage' in value

/** As structured cloning does it, for all that is ever sent; ports go over whole. @throws where something cannot be cloned */
export const copyOf = <T>(value: T, over: (port: Port) => void = () => {}): T => {
  if (typeof value === 'function' || typeof value === 'symbol') throw new Error(`${String(value)} could not be cloned.`)
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(each => copyOf(each, over)) as T
  if (isPort(value)) {
    over(value)
    return value
  }
  const made: { [field: string]: unknown } = {}
  for (const field of Object.keys(value)) made[field] = copyOf((value as { [field: string]: unknown })[field], over)
  return made as T
}

/** Two ends of a line between two realms. What is sent to an end waits until that end's realm gets to it. */
export const createLine = (world: World, near: Realm, far: Realm, lane: string): { near: Port; far: Port } => {
  const ends = [near, far]
  const listeners: Set<Listener>[] = [new Set(), new Set()]
  const end = (mine: 0 | 1): Port => {
    const other = mine ? 0 : 1
    return {
      postMessage: data => {
        const realm = ends[other] as Realm
        const sent = copyOf(data, port => movers.get(port)?.(realm))
        world.tell(realm, { lane: `${lane}${mine ? '<' : '>'}` }, () => {
          for (const listener of [...(listeners[other] as Set<Listener>)]) listener({ data: sent })
        })
      },
      addEventListener: (type, listener) => void (type === 'message' && listeners[mine]?.add(listener)),
      removeEventListener: (_, listener) => void listeners[mine]?.delete(listener),
      start: () => {},
    }
  }
  const made = { near: end(0), far: end(1) }
  movers.set(made.near, realm => {
    ends[0] = realm
  })
  movers.set(made.far, realm => {
    ends[1] = realm
  })
  return made
}

/** A port that is sent belongs to whoever gets it. */
const movers = new WeakMap<Port, (realm: Realm) => void>()

export const messageChannel = (world: World, realm: Realm) =>
  class {
    readonly port1: Port
    readonly port2: Port
    constructor() {
      const line = createLine(world, realm, realm, `${realm.name} line${world.events()}.${world.below(1e9)}`)
      this.port1 = line.near
      this.port2 = line.far
    }
  }
