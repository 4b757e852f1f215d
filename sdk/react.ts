/**
 * `@nearside/sdk/react`: the visitor's segments and decision in React, from 18 on. On a server, and while the page is hydrated, nobody is
 * in any segment: the HTML is the same for all, and caches keep working.
 */

import { type ReactNode, useSyncExternalStore } from 'react'
import type { ConsentState, Segments } from './api.ts'
import { createLive, isIn, NOTHING, type Now } from './live.ts'

const live = createLive()

const useNow = <T>(pick: (now: Now) => T): T =>
  useSyncExternalStore(
    live.listen,
    () => pick(live.now()),
    () => pick(NOTHING),
  )

/** The visitor's segment ids by segmentation; none until they are known. */
export const useSegments = (): Segments => useNow(({ segments }) => segments)

/** The visitor's segment in one segmentation; undefined until it is known. */
export const useSegment = (segmentation: string): string | undefined => useNow(({ segments }) => segments[segmentation])

/** The decision in force; null where none was taken, or none is known yet. */
export const useConsent = (): ConsentState | null => useNow(({ consent }) => consent)

/** Shows its children to the segments it names, `when="visit:v2 visit:v3"`, and the fallback to everybody else. */
export const Show = (props: {
  readonly when: string
  readonly fallback?: ReactNode
  readonly children?: ReactNode
}): ReactNode => (isIn(useSegments(), props.when) ? props.children : props.fallback)
