/** Says before it is done exactly what will happen, and what will not. */

import { type Child, type ElementNode, h } from '../../view/element.ts'
import { counted, listed } from '../../view/format.ts'
import type { Act, Sight } from '../sight.ts'
import { button, frame, headline, points } from './frame.ts'
import { amount, reportsIn } from './kept.ts'

/** Only the site can ask it: the extension sends nothing itself. */
export const COLLECTOR =
  'Only the site itself can ask the collector to forget: requests for what was reported are left in its storage, and its Nearside sends them when it next runs here.'

const WORDS = {
  will: 'What happens now',
  not: 'What does not',
  withdrawTitle: 'Take back your yes?',
  withdraw: 'Withdraw',
  stop: 'Your yes becomes a no. Open pages of this site stop noticing and sending at once.',
  refusal: 'Your refusal is all that stays, so that the site does not ask you again on every page.',
  eraseTitle: 'Delete everything here?',
  erase: 'Delete everything',
  decision: 'Your decision is deleted as well: the site no longer knows that it asked, and may ask again.',
  tickets: 'Requests to forget that already wait for the collector stay until they are sent.',
  refusalTitle: 'Delete your refusal?',
  eraseRefusal: 'Delete the refusal',
  asksAgain: 'The site no longer knows that you said no: it will ask again. Until you answer, nothing is noticed.',
  ticketsTitle: 'Delete the waiting requests?',
  eraseTickets: 'Delete the requests',
  unasked: 'The collector is not asked to forget. It drops what it has when the week of each report closes.',
  others: 'The site’s cookies and other data are not Nearside’s, and are not touched.',
  bytes: 'The browser may hold deleted bytes in files of its own for a while; no page can read them.',
  back: 'Keep it as it is',
}

/** What of the visitor's is deleted, counted where it could be read. */
const losses = (sight: Sight): string => {
  const access = 'kept' in sight ? sight.kept : null
  if (!access) return 'The database in which this site keeps its notes about you, and its keys, are deleted.'
  const { signals, segments, ledger } = access
  const all = listed([
    amount(signals.length, 'note'),
    amount(segments.length, 'answer'),
    amount(ledger.length, 'ledger entry', 'ledger entries'),
  ])
  return `All that this site’s Nearside keeps in this browser is deleted: ${all}, and the keys they are locked with.`
}

interface Wording {
  readonly title: string
  readonly does: string
  readonly will: readonly Child[]
  readonly not: readonly Child[]
}

const wording = (sight: Sight, act: Act): Wording => {
  const access = 'kept' in sight ? sight.kept : null
  const sent = reportsIn(access).length
  const collector = sent > 0 ? `${counted(sent, 'report')} left this device. ${COLLECTOR}` : COLLECTOR
  if (act === 'withdraw') {
    return {
      title: WORDS.withdrawTitle,
      does: WORDS.withdraw,
      will: [WORDS.stop, losses(sight), WORDS.refusal],
      not: [collector, WORDS.others],
    }
  }
  if (sight.seen === 'refused') {
    return { title: WORDS.refusalTitle, does: WORDS.eraseRefusal, will: [WORDS.asksAgain], not: [WORDS.others] }
  }
  if (sight.seen === 'erased') {
    return { title: WORDS.ticketsTitle, does: WORDS.eraseTickets, will: [WORDS.unasked], not: [WORDS.others] }
  }
  const tickets = 'remains' in sight && sight.remains.tickets > 0
  return {
    title: WORDS.eraseTitle,
    does: WORDS.erase,
    will: [losses(sight), WORDS.decision],
    not: [collector, tickets && WORDS.tickets, WORDS.others, WORDS.bytes],
  }
}

export const confirmScreen = (sight: Sight, act: Act, host: string | undefined): ElementNode => {
  const { title, does, will, not } = wording(sight, act)
  return frame(
    host,
    [
      headline('doubt', title),
      h('h2', { class: 'points-title' }, WORDS.will),
      points(will),
      h('h2', { class: 'points-title' }, WORDS.not),
      points(not),
    ],
    [button('back', WORDS.back), button(act, does, act === 'erase' ? 'final' : 'strong')],
  )
}
