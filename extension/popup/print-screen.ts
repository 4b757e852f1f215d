/** From a screen to its element tree. */

import { type ElementNode, h } from '../../view/element.ts'
import type { Act } from '../sight.ts'
import { accountScreen } from './account-screen.ts'
import { confirmScreen } from './confirm-screen.ts'
import { frame } from './frame.ts'
import type { Screen } from './screen.ts'
import { sightScreen } from './sight-screen.ts'

const WORDS = {
  looking: 'Looking at what this site keeps…',
  acting: { withdraw: 'Withdrawing, and looking again…', erase: 'Deleting, and looking again…' } satisfies Record<
    Act,
    string
  >,
}

const busy = (words: string, host: string | undefined): ElementNode =>
  frame(host, [
    h(
      'div',
      { class: 'busy', role: 'status' },
      h('p', { class: 'busy-words' }, words),
      h('div', { class: 'busy-line' }),
      h('div', { class: 'busy-line' }),
      h('div', { class: 'busy-line' }),
    ),
  ])

export const printScreen = (screen: Screen, host: string | undefined): ElementNode => {
  switch (screen.at) {
    case 'looking':
      return busy(WORDS.looking, host)
    case 'acting':
      return busy(WORDS.acting[screen.act], host)
    case 'sight':
      return sightScreen(screen.sight, host)
    case 'confirm':
      return confirmScreen(screen.sight, screen.act, host)
    case 'account':
      return accountScreen(screen.account, host)
    default:
      return screen satisfies never
  }
}
