/** Says before it is done exactly what will happen, and what will not. */

import { type Child, h } from '../../view/element.ts'
import { reportsIn } from '../../view/panels/sent.ts'
import type { Act, Sight } from '../sight.ts'
import type { Voice } from '../voice.ts'
import { headline, points } from './headline.ts'

/** What of the visitor's is deleted, counted where it could be read. */
const losses = (sight: Sight, { own, phrased, number, plural }: Voice): string => {
  const access = 'kept' in sight ? sight.kept : null
  if (!access) return own['erase-losses']
  return phrased(own['erase-counted'], {
    notes: plural('kept-notes', access.signals.length),
    groups: number(access.segments.length),
    entries: number(access.ledger.length),
  })
}

interface Wording {
  readonly title: string
  readonly does: string
  readonly will: readonly Child[]
  readonly not: readonly Child[]
}

const wording = (sight: Sight, act: Act, voice: Voice): Wording => {
  const { own, phrased, number } = voice
  const sent = 'kept' in sight && sight.kept ? reportsIn(sight.kept).length : 0
  const collector = sent ? `${phrased(own['collector-sent'], { n: number(sent) })} ${own.collector}` : own.collector
  if (act === 'withdraw')
    return {
      title: own['withdraw-title'],
      does: own['withdraw-do'],
      will: [own['withdraw-stop'], losses(sight, voice), own['withdraw-refusal']],
      not: [collector, own.others],
    }
  if (sight.seen === 'refused')
    return { title: own['refusal-title'], does: own['refusal-do'], will: [own['refusal-asks']], not: [own.others] }
  if (sight.seen === 'erased')
    return {
      title: own['requests-title'],
      does: own['requests-do'],
      will: [own['requests-unasked']],
      not: [own.others],
    }
  const tickets = 'remains' in sight && sight.remains.tickets > 0
  return {
    title: own['erase-title'],
    does: own['erase-do'],
    will: [losses(sight, voice), own['erase-decision']],
    not: [collector, tickets && own['erase-tickets-stay'], own.others, own.bytes],
  }
}

/** What the button that does it says. */
export const doing = (sight: Sight, act: Act, voice: Voice): string => wording(sight, act, voice).does

export const confirming = (sight: Sight, act: Act, voice: Voice): readonly Child[] => {
  const { title, will, not } = wording(sight, act, voice)
  return [
    headline('doubt', title),
    h('h2', { class: 'points-title' }, voice.own.will),
    points(will),
    h('h2', { class: 'points-title' }, voice.own['will-not']),
    points(not),
  ]
}
