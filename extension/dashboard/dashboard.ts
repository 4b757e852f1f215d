/** The dashboard's entry: wires the browser to the pages. */

import van from 'vanjs-core'
import type { Given } from '../../view/controls.ts'
import { tabAfter } from '../../view/tabs.ts'
import { isFirefox } from '../firefox.ts'
import { hearDeeds } from '../parts/deeds.ts'
import { findVoice } from '../voice.ts'
import { bulkPage } from './bulk.ts'
import { defaultsPage } from './defaults-page.ts'
import { deletingPage } from './deleting-page.ts'
import { createListActs } from './list-acts.ts'
import { createPicks } from './picks.ts'
import { reachPage } from './reach-page.ts'
import { routeOf } from './route.ts'
import { createSettings } from './settings.ts'
import { createShell } from './shell.ts'
import { createSite } from './site/site.ts'
import { SITE_TABS } from './site/state.ts'
import { hostIn } from './sites.ts'
import { sitesPage } from './sites-page.ts'
import { createWorld } from './world.ts'

const voice = await findVoice(navigator.languages)
Object.assign(document.documentElement, { lang: voice.locale, dir: voice.dir })
const world = await createWorld(location.hash)
const shell = createShell(world, voice)
const picks = createPicks(world.sites)
const list = createListActs(picks, shell.say, voice)
const site = createSite(world, shell.say, voice)
const listed = sitesPage(world, picks, voice)

addEventListener('hashchange', () => {
  // It was said of another page.
  shell.say('')
  list.bulk.val = { at: 'none' }
  world.route.val = routeOf(location.hash)
})

let shown = ''
/** Draws again whenever anything that the page is drawn from changes. */
van.derive(() => {
  const route = world.route.val
  const bulk = list.bulk.val
  const screen = [
    route.at,
    route.at === 'site' && [route.origin, site.screen.val],
    route.at === 'sites' && bulk.at,
  ].join()
  const moved = shown !== '' && shown !== screen
  const again = shown === screen
  shown = screen
  document.title = `${route.at === 'site' ? hostIn(route.origin) : voice.own[`nav-${route.at}`]} – Nearside`
  switch (route.at) {
    case 'sites':
      if (bulk.at !== 'none') return shell.show(bulkPage(bulk, world.deletions.val, voice), moved)
      // It draws itself.
      return again ? undefined : shell.put(listed(), moved)
    case 'site':
      return shell.show(site.page(route.origin), moved)
    case 'defaults':
      return shell.show(defaultsPage(world, isFirefox(), voice), moved)
    case 'reach':
      return shell.show(reachPage(world, voice), moved)
    case 'deleting':
      return shell.show(deletingPage(world, voice), moved)
    default:
      return route satisfies never
  }
})

// Arrows go from tab to tab, and show each at once.
document.addEventListener('click', ({ target }) => {
  const tab = SITE_TABS.find(each => each === (target as Element).closest<HTMLElement>('[data-tab]')?.dataset.tab)
  if (tab) site.go(tab)
  // The way to the list leads out of what is asked about it, which has the same address.
  if ((target as Element).closest('.rail a')) list.bulk.val = { at: 'none' }
})
document.addEventListener('keydown', event => {
  if (!(event.target as Element).matches('[role=tab]')) return
  const tab = tabAfter(SITE_TABS, site.tab(), event.key, voice.dir === 'rtl')
  if (!tab) return
  event.preventDefault()
  site.go(tab)
  setTimeout(() => document.querySelector<HTMLElement>('[aria-selected=true]')?.focus())
})

const does: { readonly [name: string]: ((given: Given) => unknown) | undefined } = {
  ...createSettings(world),
  ...list.does,
  ...site.does,
}

hearDeeds(async (name, given) => {
  shell.say('')
  try {
    await does[name]?.(given)
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    shell.say(voice.phrased(voice.words['centre-failed'], { problem }))
  }
})
