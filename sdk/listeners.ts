/** Who listens to what happens here. */

import type { Events, On } from './api.ts'

export type Emit = <E extends keyof Events>(event: E, detail: Events[E]) => void
type Listener = (detail: never) => void

export const createListeners = () => {
  const listeners: { [event: string]: Set<Listener> } = {}

  const emit: Emit = (event, detail) => {
    // A listener's fault is its site's to see, and must not stop us or the others.
    listeners[event]?.forEach(listener => queueMicrotask(() => listener(detail as never)))
  }
  const on: On = (event, listener) => {
    listeners[event] ??= new Set()
    const set = listeners[event].add(listener)
    return () => void set.delete(listener)
  }
  return [emit, on] as const
}
