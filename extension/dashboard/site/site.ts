/** One site's page: open, and then all of it, or closed, and then what the list knows. */

import van, { type State } from 'vanjs-core'
import browser from 'webextension-polyfill'
import type { Given } from '../../../view/controls.ts'
import { type Child, h } from '../../../view/element.ts'
import { deleteAtNextVisit, deleteAtOnce } from '../../deletion.ts'
import { forgetSites } from '../../history.ts'
import { accounted, asPromised } from '../../parts/accounted.ts'
import { confirming, doing } from '../../parts/confirming.ts'
import { press } from '../../parts/deeds.ts'
import { headline } from '../../parts/headline.ts'
import { allowAtOnce, keepEyeOn, reaches } from '../../reach.ts'
import type { Page } from '../../tab.ts'
import type { Voice } from '../../voice.ts'
import { siteAnswer } from '../defaults-page.ts'
import { addressOf } from '../route.ts'
import { hostIn } from '../sites.ts'
import type { World } from '../world.ts'
import { closed, once } from './closed.ts'
import { createDesk } from './desk.ts'
import { open } from './open.ts'
import { FIRST, type Phase, type SiteState, type SiteTab } from './state.ts'

export interface SitePage {
  /** Which of its screens is shown: a new one is said by a screen reader. */
  readonly screen: State<string>
  readonly page: (origin: string) => Child
  readonly does: { readonly [name: string]: (given: Given) => unknown }
  readonly go: (tab: SiteTab) => void
  readonly tab: () => SiteTab
}

const screenOf = ({ at }: Phase): string => (at === 'seen' || at === 'looking' ? 'open' : at)

export const createSite = (world: World, say: (text: string) => void, voice: Voice): SitePage => {
  const { own } = voice
  const state = van.state<SiteState>(FIRST)
  const screen = van.derive(() => `${screenOf(state.val.phase)}${state.val.stage.at}`)
  const origin = (): string => (world.route.val.at === 'site' ? world.route.val.origin : '')
  const page = (): Page | undefined => {
    const tab = world.tabs.val.get(origin())
    return tab === undefined ? undefined : { tab, origin: origin() }
  }
  const desk = createDesk(
    state,
    page,
    say,
    async at => ({ origin: at.origin, incognito: (await browser.tabs.get(at.tab)).incognito }),
    voice,
  )

  /** What was looked at last: each site, and each tab of it, is looked at once by itself. */
  let looked: { readonly origin: string; readonly tab: number | undefined } = { origin: '', tab: undefined }
  van.derive(() => {
    const now = { origin: origin(), tab: page()?.tab }
    const before = looked
    if (now.origin === before.origin && now.tab === before.tab) return
    looked = now
    if (now.origin !== before.origin) state.val = FIRST
    void desk.look()
  })

  const remains = async (ask: Promise<boolean>, erase: () => Promise<unknown>): Promise<void> => {
    if (await ask) await erase()
    else say(own['bulk-not-let'])
  }

  const body = (at: string): Child => {
    const { phase } = state.val
    switch (phase.at) {
      case 'closed':
      case 'click':
        return closed(world, at, phase.at === 'click', voice)
      case 'once':
        return once(voice)
      case 'looking':
        return headline('none', own.looking)
      case 'seen':
        return open(state.val, phase.sight, Date.now(), voice)
      case 'confirm': {
        const final = phase.act === 'erase' ? 'final' : 'strong'
        return [
          confirming(phase.sight, phase.act, voice),
          h(
            'div',
            { class: 'ns-actions' },
            press('back', own.back),
            press(`do-${phase.act}`, doing(phase.sight, phase.act, voice), final),
          ),
        ]
      }
      case 'account':
        return [
          accounted(phase.account, voice),
          h(
            'div',
            { class: 'ns-actions' },
            press('look', own['look-again']),
            !asPromised(phase.account) && press(`do-${phase.account.act}`, voice.words['centre-again'], 'strong'),
          ),
        ]
      default:
        return phase satisfies never
    }
  }

  /** Nothing but what is being asked or read. */
  const aside = (): boolean => {
    const { phase, tab } = state.val
    return (
      phase.at === 'confirm' ||
      phase.at === 'account' ||
      phase.at === 'once' ||
      phase.at === 'looking' ||
      (phase.at === 'seen' && tab !== 'overview')
    )
  }

  return {
    screen,
    page: at => {
      const eye = reaches(world.reach.val, at)
      return [
        h(
          'header',
          { class: 'site-top' },
          h('a', { class: 'back', href: addressOf({ at: 'sites' }) }, own['all-sites']),
          h('h1', { class: 'site-name', tabindex: -1 }, h('bdi', {}, hostIn(at))),
        ),
        body(at),
        !aside() &&
          h(
            'section',
            { class: 'ns-part site-own' },
            h('h2', {}, own['site-default']),
            siteAnswer(world, at, voice),
            h(
              'div',
              { class: 'ns-actions' },
              eye
                ? [
                    h('p', { class: 'ns-quiet' }, own['site-eye-on']),
                    !world.reach.val.everywhere && press('no-eye', own['site-no-eye'], 'plain', { 'data-origin': at }),
                  ]
                : press('eye', own['site-eye'], 'plain', { 'data-origin': at }),
            ),
          ),
      ]
    },
    does: {
      ...(desk.does as { [name: string]: (given: Given) => unknown }),
      open: async () => {
        const at = origin()
        const agreed = await keepEyeOn(at)
        await browser.tabs.create({ url: at, active: !agreed })
        if (!agreed) desk.show({ phase: { at: 'click' } })
      },
      unlist: async () => {
        await forgetSites([origin()])
        say(voice.phrased(own['sites-unlisted'], { n: voice.number(1) }))
      },
      'delete-visit': () => remains(keepEyeOn(origin()), () => deleteAtNextVisit([origin()], Date.now())),
      'delete-once': () => desk.show({ phase: { at: 'once' } }),
      'keep-once': () => desk.show({ phase: { at: 'closed' } }),
      'do-once': async () => {
        await remains(allowAtOnce(), () => deleteAtOnce([origin()], Date.now()))
        desk.show({ phase: { at: 'closed' } })
      },
    },
    go: tab => desk.show({ tab, stage: { at: 'choosing' }, editing: undefined }),
    tab: () => state.val.tab,
  }
}
