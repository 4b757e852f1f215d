/** The popup's entry: wires the browser to the screens. */

import browser from 'webextension-polyfill'
import { toDom } from '../../view/to-dom.ts'
import type { Act } from '../sight.ts'
import { act, lookAt, type Page, pageInFront } from '../tab.ts'
import { createFolds } from './folds.ts'
import { printScreen } from './print-screen.ts'
import { DEEDS, type Deed, type Screen } from './screen.ts'

const folds = createFolds()
let page: Page | undefined
let screen: Screen = { at: 'looking' }

const show = (next: Screen, moved = false): void => {
  screen = next
  const host = page ? new URL(page.origin).host : undefined
  document.body.replaceChildren(toDom<Element>(document, printScreen(screen, host)))
  // A new screen after a button: where the button was, nothing has the focus, and a screen reader would say nothing.
  if (moved) document.querySelector<HTMLElement>('h1')?.focus()
  void folds.then(keep => keep(document.body))
}

const look = async (moved = false): Promise<void> => {
  show({ at: 'looking' })
  page = await pageInFront(location.href).catch(() => undefined)
  show({ at: 'sight', sight: page ? await lookAt(page) : { seen: 'blocked' } }, moved)
}

const perform = async (what: Act): Promise<void> => {
  if (!page) return
  show({ at: 'acting', act: what })
  const account = await act(page, what)
  if (account) show({ at: 'account', account }, true)
  else await look(true)
}

const confirm = (what: Act): void => {
  if (screen.at !== 'sight' || screen.sight.seen === 'blocked' || screen.sight.seen === 'silent') return
  show({ at: 'confirm', sight: screen.sight, act: what }, true)
}

const back = (): void => {
  if (screen.at === 'confirm') show({ at: 'sight', sight: screen.sight }, true)
}

const does: { readonly [D in Deed]: () => void } = {
  'ask-withdraw': () => confirm('withdraw'),
  'ask-erase': () => confirm('erase'),
  withdraw: () => void perform('withdraw'),
  erase: () => void perform('erase'),
  back,
  look: () => void look(true),
}

/** On a phone the popup is a page as well. */
const isPage = async (): Promise<boolean> =>
  location.search !== '' || (await browser.runtime.getPlatformInfo()).os === 'android'

void isPage().then(page => document.body.classList.toggle('page', page))
document.addEventListener('click', ({ target }) => {
  const deed = (target as Element).closest<HTMLElement>('[data-does]')?.dataset.does
  const known = DEEDS.find(each => each === deed)
  if (known) does[known]()
})

void look()
