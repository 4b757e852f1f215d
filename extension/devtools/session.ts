/** A session as the panel has it: everything told so far, numbered in order, page by page, up to a limit. */

import { type Deed, type Happening, MOST_HAPPENINGS, type News, type State } from '../../core/protocol/devtools.ts'
import type { Around } from './wire.ts'

/** States are large: enough to say what a withdrawal changed. */
const MOST_STATES = 20

/** As many changes as any request takes to be answered. */
const MOST_GRANTS = 50

export type Hear = (news: News) => void

const isGranting = ({ granted, paused }: Deed & { readonly what: 'decision' }): boolean =>
  !paused && Object.values(granted ?? {}).some(categories => categories.length > 0)

export const createSession = () => {
  let happenings: Happening[] = []
  let states: State[] = []
  const listeners = new Set<Hear>()
  let link: News & { readonly news: 'link' } = { news: 'link', link: 'joining' }
  let n = 0
  let load = 0
  /** Since when something is granted, and nothing any more, by the page's clock; the latest last. */
  let grants: { readonly at: number; readonly granted: boolean }[] = []
  let segments: Around['segments'] = {}
  /** What was told last of what may be told again and again, on this page. */
  let said: { [what: string]: string } = {}
  /** Batches that were handed to a worker: the next page's is given what was not acknowledged once more. */
  let handed = new Set<string>()

  const tell = (news: News): void => {
    for (const hear of listeners) hear(news)
  }

  const notice = (at: number, deed: Deed): void => {
    if (deed.what === 'load') {
      load++
      grants = [...grants, { at, granted: false }].slice(-MOST_GRANTS)
      said = {}
    }
    if (deed.what === 'call') for (const batch of deed.batches ?? []) handed.add(batch.join('/'))
    if (deed.what === 'decision') grants = [...grants, { at, granted: isGranting(deed) }].slice(-MOST_GRANTS)
    if (deed.what === 'segments') segments = deed.segments
  }

  const isKnown = (deed: Deed): boolean => {
    if (deed.what === 'signal') return handed.has(`${deed.page}/${deed.batch}`)
    if (deed.what !== 'decision' && deed.what !== 'segments') return false
    const text = JSON.stringify(deed)
    const known = said[deed.what] === text
    said[deed.what] = text
    return known
  }

  return {
    add: (at: number, deed: Deed): void => {
      if (isKnown(deed)) return
      notice(at, deed)
      const happening: Happening = { ...deed, n: ++n, at, load }
      happenings.push(happening)
      if (happenings.length > MOST_HAPPENINGS) {
        happenings = happenings.slice(-MOST_HAPPENINGS / 2)
        handed = new Set([...handed].slice(-MOST_HAPPENINGS / 2))
      }
      tell({ news: 'happening', happening })
    },
    state: (state: State): void => {
      states = [...states.slice(1 - MOST_STATES), state]
      tell({ news: 'state', state })
    },
    link: (now: typeof link.link): void => {
      if (now === link.link) return
      link = { news: 'link', link: now }
      tell(link)
    },
    /** What a request that began at `at` is judged by. */
    around: (at: number): Omit<Around, 'files' | 'origin'> => ({
      // Of what was before anything is known, nothing is said.
      granted: grants.filter(each => each.at <= at).at(-1)?.granted ?? true,
      segments,
    }),
    latest: (): State | undefined => states.at(-1),
    listen: (hear: Hear): (() => void) => {
      hear(link)
      for (const happening of happenings) hear({ news: 'happening', happening })
      for (const state of states) hear({ news: 'state', state })
      listeners.add(hear)
      return () => void listeners.delete(hear)
    },
  }
}

export type Session = ReturnType<typeof createSession>
