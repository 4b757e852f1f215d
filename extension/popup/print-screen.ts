/** From a screen to its element tree. */

import { type ElementNode, h } from '../../view/element.ts'
import { accounted, asPromised } from '../parts/accounted.ts'
import { confirming, doing } from '../parts/confirming.ts'
import { press } from '../parts/deeds.ts'
import { offerOf } from '../parts/offer.ts'
import { actButtons, problem, seen } from '../parts/seen.ts'
import type { Front } from '../tab.ts'
import type { Voice } from '../voice.ts'
import { account } from './account.ts'
import { frame, way } from './frame.ts'
import type { Screen } from './screen.ts'

const busy = (origin: string | undefined, { own }: Voice): ElementNode =>
  frame(origin, [
    h(
      'div',
      { class: 'busy', role: 'status' },
      h('p', { class: 'busy-words' }, own.looking),
      h('div', { class: 'ns-bones', 'aria-hidden': 'true' }, h('p'), h('p'), h('p')),
    ),
  ])

const sight = ({ sight: it }: Extract<Screen, { at: 'sight' }>, page: Front | undefined, voice: Voice): ElementNode => {
  const full = it.seen === 'granted' || it.seen === 'leftover'
  const content = [seen(it, voice), problem(it), full && account(it, offerOf(it), voice), way(page, voice)]
  return frame(page?.origin, content, actButtons(it, voice))
}

/** @param page undefined where there is no web page in front */
export const printScreen = (screen: Screen, page: Front | undefined, voice: Voice): ElementNode => {
  const { own } = voice
  const origin = page?.origin
  switch (screen.at) {
    case 'looking':
    case 'acting':
      return busy(origin, voice)
    case 'sight':
      return sight(screen, page, voice)
    case 'confirm': {
      const { sight: it, act } = screen
      const does = press(act, doing(it, act, voice), act === 'erase' ? 'final' : 'strong')
      return frame(origin, confirming(it, act, voice), [press('back', own.back), does])
    }
    case 'account': {
      const { account: it } = screen
      const again = press('look', own['look-again'])
      const retry = asPromised(it) ? [] : [press(it.act, voice.words['centre-again'], 'strong')]
      return frame(origin, accounted(it, voice), [again, ...retry])
    }
    default:
      return screen satisfies never
  }
}
