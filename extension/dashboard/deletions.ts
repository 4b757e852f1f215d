/** What became of each deletion that was asked for. */

import { type Child, type ElementNode, h } from '../../view/element.ts'
import { mark } from '../../view/mark.ts'
import { type Deletion, isPending } from '../deletion.ts'
import { press } from '../parts/deeds.ts'
import { ticketsNote } from '../parts/seen.ts'
import type { Voice } from '../voice.ts'
import { addressOf } from './route.ts'
import { hostIn } from './sites.ts'

const told = ({ state, verified, problem }: Deletion): keyof Voice['own'] => {
  switch (state) {
    case 'asked':
    case 'waits':
    case 'returned':
      return `deletion-${state}`
    case 'gone':
      return verified === 'page' ? 'deletion-gone-page' : 'deletion-gone-browser'
    case 'failed':
      return problem === 'no-access' ? 'deletion-failed-access' : 'deletion-failed-refused'
    default:
      return state satisfies never
  }
}

const moodOf = (it: Deletion): 'empty' | 'done' | 'doubt' =>
  isPending(it) ? 'empty' : it.state === 'gone' ? 'done' : 'doubt'

export const deletionRow = (it: Deletion, voice: Voice): ElementNode => {
  const { own, phrased, dated } = voice
  const day = dated(Date.parse(it.since))
  const label = isPending(it) ? own['deletion-drop'] : own['deletion-forget']
  const host = hostIn(it.origin)
  return h(
    'li',
    { class: 'deletion' },
    mark(moodOf(it)),
    h(
      'div',
      {},
      h('a', { href: addressOf({ at: 'site', origin: it.origin }) }, h('bdi', {}, host)),
      h('p', {}, phrased(own[told(it)], { day })),
      h('p', { class: 'ns-quiet' }, ticketsNote(it, voice)),
    ),
    press('drop', [label, h('span', { class: 'ns-unseen' }, `: ${host}`)], 'quiet', { 'data-origin': it.origin }),
  )
}

export const deletionList = (all: readonly Deletion[], voice: Voice): Child =>
  all.length
    ? h(
        'ul',
        { class: 'ns-plain deletions' },
        all.map(it => deletionRow(it, voice)),
      )
    : h('p', { class: 'ns-quiet' }, voice.own['deletions-none'])
