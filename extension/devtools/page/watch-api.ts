/** Watches `window.nearside`: from the moment it is there, what it decides, refuses and shows. */

import type { Grants } from '../../../core/consent.ts'
import type { Reason, Shapes } from '../../../core/protocol/devtools.ts'
import { quietly, type Tell } from './tell.ts'

/** As much of the page's public interface as is looked at. */
interface Api {
  signal(kind: string, fields?: { readonly [field: string]: unknown }): void
  segments(): { readonly [segmentation: string]: string }
  consent(): Consent | null
  on(event: string, listener: (detail: never) => void): () => void
}

interface Consent {
  readonly granted: Grants
  readonly expires: string
  readonly paused?: boolean
}

interface Refused {
  readonly kind: string
  readonly reason: Reason
}

export type Page = Window & typeof globalThis & { nearside?: Partial<Api> | undefined }

/** A refusal that is looked at more closely loads a chunk first. */
const TOLD_WITHIN_MS = 3000
/** More fields than any kind of signal has. */
const MOST_FIELDS = 20
const LONGEST_NAME = 40

/** What was given, without what it said: whatever is refused may be personal. */
const shapeOf = (value: unknown): string =>
  typeof value === 'string'
    ? `a text of ${value.length} character${value.length === 1 ? '' : 's'}`
    : typeof value === 'number'
      ? Number.isSafeInteger(value)
        ? value < 0
          ? 'a number below zero'
          : 'a whole number'
        : 'a number that is not whole'
      : value === null
        ? 'null'
        : Array.isArray(value)
          ? 'a list'
          : `of type ${typeof value}`

const shapesOf = (fields: object): Shapes =>
  Object.fromEntries(
    Object.entries(fields)
      .slice(0, MOST_FIELDS)
      .map(([name, value]) => [name.slice(0, LONGEST_NAME), shapeOf(value)]),
  )

interface Asked {
  readonly kind: string
  readonly at: number
  readonly given: Shapes
}

/** What the site's own code gave to `signal()` a moment ago, until it is refused. */
const createAsked = () => {
  let asked: Asked[] = []
  return {
    add: (kind: string, fields: object | undefined, now: number): void => {
      asked = [...asked.filter(({ at }) => now - at < TOLD_WITHIN_MS), { kind, at: now, given: shapesOf(fields ?? {}) }]
    },
    take: (kind: string): Shapes | undefined => {
      const found = asked.find(each => each.kind === kind)
      asked = asked.filter(each => each !== found)
      return found?.given
    },
  }
}

const attach = (page: Page, api: Api, tell: Tell): (() => void) => {
  const asked = createAsked()
  const tellDecision = (consent: Consent | null): void =>
    tell({
      what: 'decision',
      granted: consent?.granted ?? null,
      ...(consent ? { expires: consent.expires } : {}),
      ...(consent?.paused ? { paused: true } : {}),
    })
  tell({ what: 'ready' })
  const ends = [
    api.on('refused', ({ kind, reason }: Refused) => {
      const given = asked.take(kind)
      tell({ what: 'refused', kind, reason, ...(given ? { given } : {}) })
    }),
    api.on('consent', (detail: Consent | null) => quietly(() => tellDecision(detail))),
    api.on('segments', (segments: { readonly [segmentation: string]: string }) =>
      quietly(() => tell({ what: 'segments', segments: { ...segments } })),
    ),
  ]
  const now = api.consent()
  if (now) tellDecision(now)
  const segments = api.segments()
  if (Object.keys(segments).length) tell({ what: 'segments', segments: { ...segments } })
  const { signal } = api
  const observed: Api['signal'] = (kind, fields) => {
    quietly(() => asked.add(String(kind), fields, page.performance.now()))
    signal(kind, fields)
  }
  api.signal = observed
  return () => {
    for (const end of ends) end()
    if (api.signal === observed) api.signal = signal
  }
}

/** Is it Nearside, rather than a stub that waits for it? */
export const isApi = (it: Page['nearside']): it is Api =>
  typeof it?.segments === 'function' && typeof it.on === 'function'

/** @returns what puts everything back */
export const watchApi = (page: Page, tell: Tell): (() => void) => {
  let detach = (): void => {}
  const begin = (api: Api): void =>
    quietly(() => {
      detach = attach(page, api, tell)
    })
  if (isApi(page.nearside)) {
    begin(page.nearside)
    return () => quietly(detach)
  }
  // A site may have put its stub there; whatever comes after it is seen by an accessor, which then makes way for a plain value.
  let stands = page.nearside
  const plain = (value: Page['nearside']): void =>
    void Object.defineProperty(page, 'nearside', { value, writable: true, enumerable: true, configurable: true })
  quietly(() =>
    Object.defineProperty(page, 'nearside', {
      configurable: true,
      enumerable: true,
      get: () => stands,
      set: (value: Page['nearside']) => {
        stands = value
        if (!isApi(value)) return
        plain(value)
        begin(value)
      },
    }),
  )
  return () =>
    quietly(() => {
      detach()
      const own = Object.getOwnPropertyDescriptor(page, 'nearside')
      if (!own?.get) return
      if (stands === undefined) delete page.nearside
      else plain(stands)
    })
}
