/** What is seen on a site, worded so that no state can be taken for another. */

import type { AccessDocument } from '../../core/access.ts'
import { type Child, type ElementNode, h } from '../../view/element.ts'
import { reportsIn } from '../../view/panels/sent.ts'
import { phrase } from '../../view/tongue.ts'
import type { Decided } from '../parse-kept.ts'
import type { Act, Sight } from '../sight.ts'
import type { Unseen } from '../tab.ts'
import type { Voice } from '../voice.ts'
import { press } from './deeds.ts'
import { headline } from './headline.ts'

/** How many requests to forget wait, and until when at most; undefined where none does. */
export const ticketsNote = (
  { tickets = 0, until }: { readonly tickets?: number | undefined; readonly until?: string | undefined },
  { own, phrased, number, dated }: Voice,
): string | undefined => {
  if (!tickets) return undefined
  const waiting = tickets === 1 ? own['tickets-one'] : phrased(own['tickets-many'], { n: number(tickets) })
  return until ? `${waiting} ${phrased(own['tickets-until'], { day: dated(Date.parse(until)) })}` : waiting
}

/** One glance: how many groups, from how much, and what was last sent. */
const glance = (access: AccessDocument | null, { own, words, phrased, number, plural, moment }: Voice): Child => {
  if (!access) return own['nothing-yet']
  const groups = number(access.segments.filter(it => !it.unassigned).length)
  const last = reportsIn(access).at(-1)
  return [
    phrased(own.glance, { groups, notes: plural('kept-notes', access.signals.length) }),
    ' ',
    last ? phrase(words['centre-last'], { when: moment(last.at) }) : words['sent-none'],
  ]
}

const leftoverWhy = (it: Decided | null, { own, phrased, dated }: Voice): string => {
  if (!it) return own['leftover-missing']
  const lapsed = phrased(own['leftover-lapsed'], { day: dated(Date.parse(it.expires)) })
  return Object.keys(it.grants).length > 0 ? lapsed : own['leftover-refused']
}

/** What a screen about a site says first. @param brief in the place of the glance, where all of it follows */
export const seen = (sight: Sight | Unseen, voice: Voice, brief: Child = undefined): ElementNode => {
  const { own, words, phrased, dated } = voice
  switch (sight.seen) {
    case 'absent':
      return headline('none', own.absent, own['absent-why'])
    case 'undecided':
      return headline('empty', own.undecided, own['undecided-why'])
    case 'blocked':
      return headline('none', own.blocked, own['blocked-why'])
    case 'silent':
      return headline('doubt', own.silent, own['silent-why'])
    case 'refused': {
      const day = dated(Date.parse(sight.decision.expires))
      return headline('refused', own.refused, phrased(own['refused-why'], { day }), ticketsNote(sight.remains, voice))
    }
    case 'granted':
      return sight.decision.paused
        ? headline('paused', words['centre-paused'], words['centre-paused-why'], ticketsNote(sight.remains, voice))
        : headline('held', own.granted, brief ?? glance(sight.kept, voice), ticketsNote(sight.remains, voice))
    case 'leftover':
      return headline(
        'doubt',
        own.leftover,
        leftoverWhy(sight.decision, voice),
        sight.remains.page && own['leftover-page'],
      )
    case 'erased':
      return headline('done', own.erased, ticketsNote(sight.remains, voice))
    case 'unreadable':
      return headline('doubt', own.unreadable, own['unreadable-why'])
    default:
      return sight satisfies never
  }
}

/** What could not be read, in its own words. */
export const problem = (sight: Sight | Unseen): Child =>
  sight.seen === 'unreadable' && h('p', { class: 'ns-problem' }, h('bdi', {}, sight.problem))

/** Which acts make sense for what is seen. */
const actsFor = (sight: Sight | Unseen): readonly Act[] => {
  switch (sight.seen) {
    case 'granted':
      return ['withdraw', 'erase']
    case 'leftover':
    case 'refused':
    case 'erased':
    case 'unreadable':
      return ['erase']
    case 'absent':
    case 'undecided':
    case 'blocked':
    case 'silent':
      return []
    default:
      return sight satisfies never
  }
}

/** The buttons under what is seen: those that ask first end in an ellipsis. */
export const actButtons = (sight: Sight | Unseen, { own, words }: Voice): readonly ElementNode[] => {
  const acts = actsFor(sight)
  const erase =
    sight.seen === 'refused' ? own['erase-refusal'] : sight.seen === 'erased' ? own['erase-requests'] : own.erase
  return [
    ...(sight.seen === 'silent' ? [press('look', own['look-again'], 'strong')] : []),
    ...(sight.seen === 'granted'
      ? [
          sight.decision.paused
            ? press('resume', words['centre-resume'], 'strong')
            : press('pause', words['centre-pause']),
        ]
      : []),
    ...(acts.includes('withdraw') ? [press('ask-withdraw', own.withdraw)] : []),
    ...(acts.includes('erase') ? [press('ask-erase', erase, 'grave')] : []),
  ]
}

/** What is wrong with what is kept, if anything is: said before all else of it. */
export const alarms = (access: AccessDocument | null, { own, words, phrased, number }: Voice): Child => {
  if (!access) return undefined
  const damaged = Object.values(access.damaged ?? {}).reduce((sum, n) => sum + n, 0)
  const alarm = (title: string, why: string): ElementNode =>
    h('div', { class: 'alarm', role: 'note' }, h('strong', {}, title), h('p', {}, why))
  return [
    access.tampered !== null && alarm(own.tampered, phrased(words['sent-tampered'], { n: number(access.tampered) })),
    damaged > 0 && alarm(own.damaged, phrased(words['kept-damaged'], { n: number(damaged) })),
    access.model?.refused && alarm(words['model-another'], words[`model-${access.model.refused}`]),
  ]
}
