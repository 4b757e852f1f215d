/** What holds on an open site, at a glance, with a switch for each part of it. */

import { term } from '../../../view/decision.ts'
import { type Child, h } from '../../../view/element.ts'
import { figures } from '../../../view/panels/overview.ts'
import { press } from '../../parts/deeds.ts'
import { section } from '../../parts/headline.ts'
import { offerOf } from '../../parts/offer.ts'
import { actButtons, alarms, problem, seen } from '../../parts/seen.ts'
import { pairSwitches, switches } from '../../parts/switches.ts'
import type { Sight } from '../../sight.ts'
import type { Unseen } from '../../tab.ts'
import type { Voice } from '../../voice.ts'

export const overview = (sight: Sight | Unseen, voice: Voice): Child => {
  const { own, words } = voice
  const access = 'kept' in sight ? sight.kept : null
  const offer = offerOf(sight)
  return [
    seen(sight, voice, access && words['centre-granted-why']),
    problem(sight),
    alarms(access, voice),
    access && sight.seen === 'granted' && figures(access, voice),
    h(
      'div',
      { class: 'ns-actions' },
      actButtons(sight, voice),
      sight.seen !== 'silent' && press('look', own['look-again']),
    ),
    sight.seen === 'granted' && [
      section(
        words['centre-allowed'],
        h('div', { class: 'switch-pairs' }, switches(sight.decision.grants, offer, voice)),
        h(
          'details',
          { class: 'ns-behind' },
          h('summary', {}, own['switch-exact']),
          pairSwitches(sight.decision.grants, offer, voice),
        ),
        term(sight.decision, voice),
      ),
    ],
  ]
}
