/** Deleting what many sites keep: which, how, and what became of each. */

import { type Child, h } from '../../view/element.ts'
import { type Deletion, STRENGTHS, type Strength } from '../deletion.ts'
import { press } from '../parts/deeds.ts'
import { headline, section } from '../parts/headline.ts'
import type { Voice } from '../voice.ts'
import { deletionList } from './deletions.ts'
import { hostIn } from './sites.ts'
import { strengthWords } from './strengths.ts'

export type Bulk =
  | { readonly at: 'none' }
  | { readonly at: 'asking'; readonly origins: readonly string[]; readonly by: Strength }
  | { readonly at: 'account'; readonly origins: readonly string[] }

/** More names would not be read. */
const MOST_NAMES = 12

export const NAMES = { 'next-visit': 'visit', 'at-once': 'once' } as const satisfies { [S in Strength]: string }

const choice = (by: Strength, chosen: Strength, voice: Voice): Child =>
  h(
    'label',
    { class: 'ns-choice ns-card' },
    h('input', { type: 'radio', name: 'by', value: by, checked: by === chosen, 'data-does': 'bulk-by', 'data-by': by }),
    h('span', {}, h('strong', {}, voice.own[`strength-${NAMES[by]}`]), strengthWords(NAMES[by], voice)),
  )

const asking = ({ origins, by }: Extract<Bulk, { at: 'asking' }>, voice: Voice): Child => {
  const { own, phrased, number } = voice
  return [
    headline('doubt', phrased(own['bulk-title'], { n: number(origins.length) })),
    h(
      'ul',
      { class: 'ns-points bulk-names' },
      origins.slice(0, MOST_NAMES).map(origin => h('li', {}, h('bdi', {}, hostIn(origin)))),
      origins.length > MOST_NAMES && h('li', {}, phrased(own['bulk-more'], { n: number(origins.length - MOST_NAMES) })),
    ),
    h(
      'fieldset',
      { class: 'choices' },
      h('legend', {}, own['bulk-how']),
      STRENGTHS.map(each => choice(each, by, voice)),
    ),
    h(
      'div',
      { class: 'ns-actions' },
      press('bulk-cancel', voice.words['say-cancel']),
      press('bulk-do', own['bulk-do'], 'final'),
    ),
  ]
}

/** @param deletions all that there are: those of these sites are the account */
export const bulkPage = (bulk: Exclude<Bulk, { at: 'none' }>, deletions: readonly Deletion[], voice: Voice): Child => {
  if (bulk.at === 'asking') return asking(bulk, voice)
  const { own } = voice
  const account = deletions.filter(({ origin }) => bulk.origins.includes(origin))
  return [
    h('h1', { tabindex: -1 }, own['bulk-account']),
    section(own.deletions, deletionList(account, voice)),
    h('div', { class: 'ns-actions' }, press('bulk-cancel', own['all-sites'], 'strong')),
  ]
}
