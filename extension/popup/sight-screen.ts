/** What is seen, worded so that no state can be taken for another. */

import type { AccessDocument } from '../../core/access.ts'
import { type Child, type ElementNode, h } from '../../view/element.ts'
import { counted, dated, listed, moment } from '../../view/format.ts'
import type { Decided } from '../parse-kept.ts'
import type { Act, Remains, Sight } from '../sight.ts'
import type { Unseen } from '../tab.ts'
import { button, frame, headline } from './frame.ts'
import { account, amount, reportsIn } from './kept.ts'
import { actsFor } from './screen.ts'

const WORDS = {
  absent: 'This site does not use Nearside',
  absentWhy:
    'No Nearside script, no decision and no data of Nearside’s are here. What else the site may do is not looked for.',
  undecided: 'You have not answered here yet',
  undecidedWhy: 'This site uses Nearside. Until you answer its notice, nothing is noticed and nothing is kept.',
  refused: 'You said no here',
  refusedWhy: 'Only your refusal is kept. Nothing is noticed and nothing is sent.',
  granted: 'You said yes here',
  leftover: 'Nothing is allowed here, yet data is kept',
  missing: 'No decision of yours is here, which counts as a no. What was left behind can be deleted.',
  refusedYet: 'You said no. What is still here should be gone by now; it can be deleted.',
  lapsed: 'The site deletes what is left the next time its Nearside runs; you can do it now.',
  page: 'In the site’s storage are notes for its next page.',
  erased: 'All is deleted here',
  unreadable: 'There is data here that cannot be read',
  unreadableWhy:
    'A newer Nearside wrote it, or it is damaged. It is not guessed at, and it can be deleted all the same.',
  blocked: 'This page cannot be looked at',
  blockedWhy:
    'Browsers keep extensions out of their own pages, their store, and error pages. Nothing is known about this page.',
  silent: 'This page does not answer',
  silentWhy: 'It is busy, or has just gone to another page. Nothing was changed.',
  again: 'Look again',
  withdraw: 'Withdraw…',
  erase: 'Delete everything…',
  eraseRefusal: 'Delete the refusal…',
  eraseTickets: 'Delete the requests…',
}

const holds = (it: Decided): ElementNode => h('span', {}, `It holds until ${dated(Date.parse(it.expires))}.`)

/** One glance: how many groups, from how much, and what was last sent. */
const glance = (access: AccessDocument | null): Child => {
  if (!access) return 'Nothing is kept yet.'
  const groups = access.segments.filter(it => !it.unassigned).length
  const found = listed([amount(groups, 'group'), `${amount(access.signals.length, 'note')} on this device`])
  const last = reportsIn(access).at(-1)
  return [
    `${found.charAt(0).toUpperCase()}${found.slice(1)}. `,
    last ? ['Last report ', moment(last.at), '.'] : 'Nothing was ever sent.',
  ]
}

export const ticketsNote = ({ tickets, until }: Remains): string | undefined =>
  tickets > 0
    ? `${tickets === 1 ? 'One request' : counted(tickets, 'request')} to forget you still ${tickets === 1 ? 'waits' : 'wait'} to be sent to the site’s collector, when its Nearside next runs here.${
        until ? ` By ${dated(Date.parse(until))} it will have forgotten without.` : ''
      }`
    : undefined

const leftoverWhy = (it: Decided | null): string => {
  if (!it) return WORDS.missing
  const granted = Object.keys(it.grants).length > 0
  return granted ? `Your choice ran out on ${dated(Date.parse(it.expires))}. ${WORDS.lapsed}` : WORDS.refusedYet
}

const content = (sight: Sight | Unseen): readonly Child[] => {
  switch (sight.seen) {
    case 'absent':
      return [headline('none', WORDS.absent, WORDS.absentWhy)]
    case 'undecided':
      return [headline('empty', WORDS.undecided, WORDS.undecidedWhy)]
    case 'blocked':
      return [headline('none', WORDS.blocked, WORDS.blockedWhy)]
    case 'silent':
      return [headline('doubt', WORDS.silent, WORDS.silentWhy)]
    case 'refused':
      return [
        headline('refused', WORDS.refused, [WORDS.refusedWhy, ' ', holds(sight.decision)], ticketsNote(sight.remains)),
      ]
    case 'granted':
      return [
        headline('held', WORDS.granted, glance(sight.kept), ticketsNote(sight.remains)),
        account(sight.decision, sight.kept, sight.tail),
      ]
    case 'leftover':
      return [
        headline('doubt', WORDS.leftover, leftoverWhy(sight.decision)),
        sight.remains.page && h('p', { class: 'ns-quiet' }, WORDS.page),
        sight.kept && account(null, sight.kept),
      ]
    case 'erased':
      return [headline('done', WORDS.erased, ticketsNote(sight.remains))]
    case 'unreadable':
      return [
        headline('doubt', WORDS.unreadable, WORDS.unreadableWhy),
        h('pre', { class: 'problem' }, h('code', {}, sight.problem)),
      ]
    default:
      return sight satisfies never
  }
}

const eraseLabel = (sight: Sight | Unseen): string =>
  sight.seen === 'refused' ? WORDS.eraseRefusal : sight.seen === 'erased' ? WORDS.eraseTickets : WORDS.erase

const action = (act: Act, sight: Sight | Unseen): ElementNode =>
  act === 'withdraw'
    ? button('ask-withdraw', WORDS.withdraw, 'strong')
    : button('ask-erase', eraseLabel(sight), 'grave')

export const sightScreen = (sight: Sight | Unseen, host: string | undefined): ElementNode => {
  const again = sight.seen === 'silent' ? [button('look', WORDS.again, 'strong')] : []
  return frame(host, content(sight), [...actsFor(sight).map(act => action(act, sight)), ...again])
}
