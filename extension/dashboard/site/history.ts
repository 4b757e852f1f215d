/** What changed on a site over time. */

import type { AccessDocument } from '../../../core/access.ts'
import { type Child, h } from '../../../view/element.ts'
import { labelsOfKept } from '../../../view/labels.ts'
import { ledger } from '../../../view/ledger.ts'
import { segmentHistory } from '../../../view/panels/history.ts'
import { numbers } from '../../../view/panels/numbers.ts'
import { entriesOf } from '../../../view/panels/sent.ts'
import { section } from '../../parts/headline.ts'
import type { Voice } from '../../voice.ts'

export const history = (access: AccessDocument, now: number, voice: Voice): Child => {
  const { own } = voice
  const decisions = entriesOf(access).filter(({ event }) => event.type === 'decision')
  const words = {
    about: own['history-segments-why'],
    none: own['history-none'],
    group: own['history-group'],
    from: voice.words['erase-from'],
    numbers: own['the-numbers'],
  }
  return [
    section(own['history-segments'], h('div', { class: 'histories' }, segmentHistory(access, now, words, voice))),
    section(
      own['history-consent'],
      decisions.length
        ? ledger(decisions, labelsOfKept(access), voice)
        : h('p', { class: 'ns-quiet' }, own['history-consent-none']),
    ),
  ]
}

/** The features as pictures. */
export const behind = (access: AccessDocument, voice: Voice): Child => {
  const { own } = voice
  if (!access.features.length) return undefined
  const words = {
    count: own['numbers-count'],
    share: own['numbers-share'],
    time: own['numbers-time'],
    name: own['numbers-name'],
    value: own['numbers-value'],
    unknown: own['numbers-unknown'],
    numbers: own['the-numbers'],
  }
  return section(
    own['numbers-title'],
    h('p', { class: 'ns-quiet' }, own['numbers-why']),
    h('div', { class: 'plots' }, numbers(access, words, voice)),
  )
}
