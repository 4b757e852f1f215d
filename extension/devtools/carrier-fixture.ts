/** A carrier with no page behind it: a recorded session, told all at once, and still. */

import type { Carrier, RecordedSession } from '../../core/protocol/devtools.ts'

export const createFixtureCarrier = ({ happenings, states }: RecordedSession): Carrier => ({
  listen: hear => {
    for (const happening of happenings) hear({ news: 'happening', happening })
    for (const state of states) hear({ news: 'state', state })
    hear({ news: 'link', link: 'closed' })
    return () => {}
  },
  look: () => {},
})
