/**
 * Hears what passes through Segment's library by a source middleware, where its `track` cannot be wrapped; loaded only then. For a
 * middleware cannot be taken back, and the library fetches a file of its own and holds the page's events up before it takes one.
 */

/** An event that the library has made, and the way on. */
interface Passing {
  readonly payload: { readonly obj: { event: unknown; properties: unknown; timestamp: string | Date } }
  next(payload: unknown): void
}

export interface Joinable {
  addSourceMiddleware(act: (passing: Passing) => void): unknown
}

/** Once `signal` has aborted, events only pass on. */
export const join = async (
  analytics: Joinable,
  hear: (given: unknown[]) => unknown,
  signal: AbortSignal,
): Promise<void> => {
  // The stand-in of the library would pass on what was said before a yes, as if it were said now.
  if (Array.isArray(analytics)) return
  const now = Date.now()
  await analytics.addSourceMiddleware(({ payload, next }) => {
    const { event, properties, timestamp } = payload.obj
    // What waited while the device was offline may be older than the yes.
    if (!signal.aborted && +new Date(timestamp) >= now) hear([event, properties])
    next(payload)
  })
}

export type Middleware = typeof import('./middleware.entry.ts')
