// `localStorage` as several processes see it: a page reads its own writes at once, everybody else when they arrive.
import { STANDING_KEY, TAIL_KEY } from '../../core/standing.ts'
import type { Realm, World } from './world.ts'

export interface Area {
  /** A page's own view of it, with what stands there now. */
  view(page: Realm): object
  clear(): void
  /** Nothing longer than what stands there can be written. */
  full: boolean
  readonly truth: ReadonlyMap<string, string>
}

interface View {
  readonly page: Realm
  readonly own: { [key: string]: string }
  /** How many writes of its own are on their way, by key: others' do not show meanwhile. */
  readonly pending: Map<string, number>
}

/** Told of each write when the page makes it. */
interface Witness {
  /** @param unseen whether somebody decided whom this page has not seen yet: the key may end up with either */
  decided(page: Realm, text: string | undefined, unseen: boolean): void
  parked(page: Realm, text: string): void
}

export const createArea = (world: World, { decided, parked }: Witness): Area => {
  const truth = new Map<string, string>()
  const views = new Set<View>()
  /** What was decided last, wherever it has arrived by now. */
  let latest: string | undefined

  const decide = (page: Realm, text: string | undefined, before: string | undefined): void => {
    const unseen = before !== latest
    latest = text
    decided(page, text, unseen)
  }

  const put = (own: View['own'], key: string, text: string | undefined): void => {
    if (text === undefined) delete own[key]
    else own[key] = text
  }

  const arrive = (from: View, key: string, text: string | undefined): void => {
    from.pending.set(key, (from.pending.get(key) ?? 1) - 1)
    if (text === undefined) truth.delete(key)
    else truth.set(key, text)
    for (const view of views) {
      if (view === from || !view.page.alive) continue
      world.tell(view.page, { lane: `${view.page.name} storage` }, () => {
        if (!view.pending.get(key)) put(view.own, key, text)
      })
    }
  }

  const write = (view: View, key: string, text: string | undefined, known = false): void => {
    const before = view.own[key]
    if (before === text) return
    put(view.own, key, text)
    if (key === STANDING_KEY && !known) decide(view.page, text, before)
    if (text && key.startsWith(TAIL_KEY)) parked(view.page, text)
    view.pending.set(key, (view.pending.get(key) ?? 0) + 1)
    world.tell(view.page, { lane: `${view.page.name} writes`, outlives: 'always' }, () => arrive(view, key, text))
  }

  const area: Area = {
    truth,
    full: false,
    view: page => {
      const methods = {
        getItem: (key: string) => own[key] ?? null,
        setItem: (key: string, text: string) => {
          failed = area.full && text.length > (own[key]?.length ?? 0) ? key : undefined
          if (!failed) return write(view, key, text)
          // It was decided, though it cannot stand; that it is removed next is no decision.
          if (key === STANDING_KEY) decide(page, text, own[key])
          throw new Error('QuotaExceededError')
        },
        removeItem: (key: string) => {
          write(view, key, undefined, failed === key)
          failed = undefined
        },
      }
      let failed: string | undefined
      const own: View['own'] = Object.create(methods)
      const view: View = { page, own, pending: new Map() }
      for (const [key, text] of truth) own[key] = text
      for (const each of views) if (!each.page.alive) views.delete(each)
      views.add(view)
      return own
    },
    clear: () => {
      // What was written before is cleared with the rest.
      world.flush(lane => lane.endsWith(' writes'))
      truth.clear()
      latest = undefined
      for (const { own } of views) for (const key of Object.keys(own)) delete own[key]
    },
  }
  return area
}
