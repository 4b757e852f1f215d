/** A carrier with no page behind it: a recorded session, told from its start to its end, and then still. */

import type { Carrier, RecordedSession } from '../../core/protocol/devtools.ts'

/** A longer session is told in parts, so that the panel can draw and be used in between. */
const AT_ONCE = 5000

export const createFixtureCarrier = ({ happenings, states }: RecordedSession): Carrier => ({
  listen: hear => {
    let at = 0
    let later: ReturnType<typeof setTimeout> | undefined
    const tell = (): void => {
      for (const happening of happenings.slice(at, at + AT_ONCE)) hear({ news: 'happening', happening })
      at += AT_ONCE
      if (at < happenings.length) {
        later = setTimeout(tell)
        return
      }
      for (const state of states) hear({ news: 'state', state })
      hear({ news: 'link', link: 'recorded' })
    }
    tell()
    return () => clearTimeout(later)
  },
  look: () => {},
})
