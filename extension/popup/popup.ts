/** The popup's entry: wires the browser to the screens. */

import browser from 'webextension-polyfill'
import type { Category, Purpose } from '../../core/consent.ts'
import type { Given } from '../../view/controls.ts'
import { noteSight } from '../history.ts'
import { type Does, hearDeeds } from '../parts/deeds.ts'
import { offerOf } from '../parts/offer.ts'
import { draw } from '../parts/print.ts'
import { downloadReceipt } from '../parts/receipts.ts'
import { type Change, switched } from '../request.ts'
import type { Act, Sight } from '../sight.ts'
import { act, change, type Front, lookAt, pageInFront, type Unseen } from '../tab.ts'
import { findVoice } from '../voice.ts'
import { createFolds } from './folds.ts'
import { printScreen } from './print-screen.ts'
import { DEEDS, type Deed, type Screen } from './screen.ts'

interface Seen {
  readonly page: Front | undefined
  readonly sight: Sight | Unseen
}

const see = async (): Promise<Seen> => {
  const page = await pageInFront(location.href).catch(() => undefined)
  return { page, sight: page ? await lookAt(page) : { seen: 'blocked' } }
}

const folds = createFolds()
// The page is asked before there are words: the one takes its time while the others do.
const first = see()
const voice = await findVoice(navigator.languages)
Object.assign(document.documentElement, { lang: voice.locale, dir: voice.dir })
let page: Front | undefined
let screen: Screen = { at: 'looking' }

const show = (next: Screen, moved = false): void => {
  screen = next
  // A new screen after a button: where the button was, nothing has the focus, and a screen reader would say nothing.
  draw(document.body, printScreen(screen, page, voice), moved)
  void folds.then(keep => keep(document.body))
}

const say = (text: string): void => {
  const line = document.querySelector('.said')
  if (line) line.textContent = text
}

/** What was seen on the visitor's click goes onto the list of sites. */
const note = async (sight: Sight): Promise<void> => {
  if (page) await noteSight(page, sight, Date.now())
}

const look = async (moved = false, seeing = see()): Promise<void> => {
  show({ at: 'looking' })
  const { sight, ...found } = await seeing
  page = found.page
  show({ at: 'sight', sight }, moved)
  if (sight.seen !== 'blocked' && sight.seen !== 'silent') await note(sight)
}

const perform = async (what: Act): Promise<void> => {
  if (!page) return
  show({ at: 'acting' })
  const account = await act(page, what)
  if (account) show({ at: 'account', account }, true)
  else await look(true)
}

const confirm = (what: Act): void => {
  if (screen.at !== 'sight' || screen.sight.seen === 'blocked' || screen.sight.seen === 'silent') return
  show({ at: 'confirm', sight: screen.sight, act: what }, true)
}

const ask = async (what: Change, said: string): Promise<void> => {
  const told = page && (await change(page, what))
  if (!told) {
    await look()
    return say(voice.own['silent-why'])
  }
  // What is being asked meanwhile stays asked, and what is being done is not done yet.
  if (screen.at === 'confirm') show({ ...screen, sight: told.sight })
  else if (screen.at === 'sight') show({ at: 'sight', sight: told.sight })
  say(told.refused ? voice.own[`switch-${told.refused}`] : said)
  await note(told.sight)
}

const granted = () => (screen.at === 'sight' && screen.sight.seen === 'granted' ? screen.sight : undefined)

/** The last grant that is turned off is a withdrawal, and is asked as one. */
const turn = ({ purpose, category, on }: Given): unknown => {
  const sight = granted()
  if (!sight) return undefined
  const which = {
    ...(purpose ? { purpose: purpose as Purpose } : {}),
    ...(category ? { category: category as Category } : {}),
  }
  const grants = switched(sight.decision.grants, offerOf(sight), { ...which, on: Boolean(on) })
  if (!Object.keys(grants).length) return confirm('withdraw')
  return ask({ ask: 'decide', seq: sight.decision.seq, grants }, voice.own['done-switch'])
}

const receipt = ({ of }: Given): void => {
  const sight = granted()
  const made = sight && downloadReceipt(of, sight.kept, sight.config, page?.origin ?? '', voice)
  say(voice.words[made ? 'done-download' : 'copies-none'])
}

const does: Does<Deed> = {
  'ask-withdraw': () => confirm('withdraw'),
  'ask-erase': () => confirm('erase'),
  withdraw: () => perform('withdraw'),
  erase: () => perform('erase'),
  back: () => screen.at === 'confirm' && show({ at: 'sight', sight: screen.sight }, true),
  look: () => look(true),
  switch: turn,
  pause: () => ask({ ask: 'pause', paused: true }, voice.words['centre-paused']),
  resume: () => ask({ ask: 'pause', paused: false }, voice.words['centre-granted']),
  receipt,
}

/** On a phone the popup is a page as well. */
const isPage = async (): Promise<boolean> =>
  location.search !== '' || (await browser.runtime.getPlatformInfo()).os === 'android'

void isPage().then(page => document.body.classList.toggle('page', page))
hearDeeds((name, given) => {
  const known = DEEDS.find(each => each === name)
  if (known) void does[known](given)
})

void look(false, first)
