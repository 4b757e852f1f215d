/** What the browser still holds after an act, as seen from the site itself. */

import { type Child, type ElementNode, h } from '../../view/element.ts'
import type { Account } from '../sight.ts'
import { COLLECTOR } from './confirm-screen.ts'
import { button, frame, headline, points } from './frame.ts'
import { ticketsNote } from './sight-screen.ts'

const WORDS = {
  gone: 'Verified gone',
  withdrawn: 'Withdrawn, and verified',
  left: 'Not everything is gone',
  seen: 'Looked up on the site itself, after the fact:',
  noDatabase: 'There is no Nearside database.',
  noKey: 'Nothing of Nearside’s is in its storage.',
  refusal: 'In its storage stands your refusal, and nothing else.',
  refusalFirst: 'In its storage stands your refusal.',
  blocked:
    'The database is still there: a page of this site holds it open. Close the site’s other tabs, or reload this page, and try again.',
  returned:
    'It was gone, and a page of this site has written it again. Close the site’s other tabs, or reload this page, and try again.',
  granted: 'A decision that allows something stands in its storage again.',
  decision: 'A decision is in its storage again.',
  page: 'A page has put notes for the next one into its storage again.',
  unsaid: 'No refusal stands in its storage: a page has removed it.',
  others: (n: number) =>
    `${n === 1 ? 'Another database' : `${n} other databases`} of the site ${n === 1 ? 'is' : 'are'} not Nearside’s, and not touched.`,
  retry: 'Try again',
  look: 'Look again',
}

/** Is all as the act promised? */
export const asPromised = ({ act, remains }: Account): boolean => {
  const { database, granted, page, decision } = remains
  if (database || granted || page) return false
  return act === 'withdraw' ? decision : !decision
}

const database = ({ remains, blocked, returned }: Account): Child => {
  if (!remains.database) return WORDS.noDatabase
  return returned && !blocked ? WORDS.returned : WORDS.blocked
}

const storage = ({ act, remains }: Account): Child => {
  const { granted, decision, page, tickets } = remains
  if (granted) return WORDS.granted
  if (page) return WORDS.page
  if (act === 'withdraw') return decision ? (tickets ? WORDS.refusalFirst : WORDS.refusal) : WORDS.unsaid
  return decision ? WORDS.decision : tickets ? undefined : WORDS.noKey
}

export const accountScreen = (it: Account, host: string | undefined): ElementNode => {
  const good = asPromised(it)
  const title = !good ? WORDS.left : it.act === 'withdraw' ? WORDS.withdrawn : WORDS.gone
  return frame(
    host,
    [
      headline(good ? 'done' : 'doubt', title),
      h('p', { class: 'points-title' }, WORDS.seen),
      points([
        database(it),
        storage(it),
        ticketsNote(it.remains),
        it.remains.others > 0 && WORDS.others(it.remains.others),
      ]),
      h('p', { class: 'ns-quiet' }, COLLECTOR),
    ],
    good ? [button('look', WORDS.look)] : [button('look', WORDS.look), button(it.act, WORDS.retry, 'strong')],
  )
}
