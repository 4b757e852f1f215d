/** What stood on a site, as a word with a sign of its own: never by its colour alone. */

import { grantsOf, NONE, PURPOSES } from '../../core/consent.ts'
import { type ElementNode, h } from '../../view/element.ts'
import { type Mood, mark } from '../../view/mark.ts'
import type { Site, Stands } from '../site-index.ts'
import type { Voice } from '../voice.ts'

const MOODS: { readonly [S in Stands]: Mood } = {
  granted: 'held',
  paused: 'paused',
  refused: 'refused',
  undecided: 'empty',
  leftover: 'doubt',
  erased: 'done',
  unreadable: 'doubt',
  gone: 'none',
}

export const moodOf = (stands: Stands): Mood => MOODS[stands]

export const standing = (stands: Stands, { own }: Voice): ElementNode =>
  h('span', { class: `stands stands-${stands}` }, mark(MOODS[stands]), h('span', {}, own[`stands-${stands}`]))

/** What it was allowed for, in words. */
export const purposesOf = ({ pairs }: Site, { words }: Voice): string => {
  const grants = grantsOf(pairs ?? NONE)
  return PURPOSES.filter(each => grants[each])
    .map(each => words[each])
    .join(' · ')
}
