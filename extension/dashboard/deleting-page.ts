/** How data can be deleted, and what became of what was asked for. */

import { type Child, h } from '../../view/element.ts'
import { isPending } from '../deletion.ts'
import { press } from '../parts/deeds.ts'
import { section } from '../parts/headline.ts'
import type { Voice } from '../voice.ts'
import { deletionList } from './deletions.ts'
import { ALL_STRENGTHS, strength } from './strengths.ts'
import type { World } from './world.ts'

export const deletingPage = ({ deletions }: World, voice: Voice): Child => {
  const { own } = voice
  const all = [...deletions.val].sort((a, b) => b.since.localeCompare(a.since))
  return [
    h('h1', { tabindex: -1 }, own['nav-deleting']),
    section(
      own.deletions,
      deletionList(all, voice),
      all.some(it => !isPending(it)) && press('forget-accounts', own['deletions-forget']),
    ),
    section(
      own.strengths,
      h(
        'div',
        { class: 'strengths' },
        ALL_STRENGTHS.map(it => strength(it, voice)),
      ),
    ),
  ]
}
