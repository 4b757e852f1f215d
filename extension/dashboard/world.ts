/** All that the dashboard draws from, kept up to date by whoever changes it: each a state that van watches. */

import van, { type State } from 'vanjs-core'
import { type Defaults, NO_DEFAULTS, readDefaults, watchDefaults } from '../defaults.ts'
import { type Deletion, readDeletions, watchDeletions } from '../deletion.ts'
import { type Reach, readReach, watchReach } from '../reach.ts'
import { readIndex, type Site, watchIndex } from '../site-index.ts'
import { openTabs, type Tabs, watchTabs } from './open-tabs.ts'
import { type Route, routeOf } from './route.ts'

export interface World {
  readonly route: State<Route>
  readonly sites: State<readonly Site[]>
  readonly deletions: State<readonly Deletion[]>
  readonly defaults: State<Defaults>
  readonly reach: State<Reach>
  readonly tabs: State<Tabs>
}

const NO_REACH: Reach = { everywhere: false, hosts: [], atOnce: false, gpc: false }

/** Read before anything is drawn: a list that is empty only because nobody has looked yet would say that no site was seen. */
export const createWorld = async (hash: string): Promise<World> => {
  const world: World = {
    route: van.state<Route>(routeOf(hash)),
    sites: van.state<readonly Site[]>([]),
    deletions: van.state<readonly Deletion[]>([]),
    defaults: van.state(NO_DEFAULTS),
    reach: van.state(NO_REACH),
    tabs: van.state<Tabs>(new Map()),
  }
  const into =
    <T>(state: State<T>) =>
    (now: T): void => {
      state.val = now
    }
  watchIndex(into(world.sites))
  watchDeletions(into(world.deletions))
  watchDefaults(into(world.defaults))
  watchReach(into(world.reach))
  // Most of what happens to tabs changes nothing here, and would have all drawn anew.
  watchTabs(now => {
    if (JSON.stringify([...now]) !== JSON.stringify([...world.tabs.rawVal])) world.tabs.val = now
  })
  await Promise.all([
    readIndex().then(into(world.sites)),
    readDeletions().then(into(world.deletions)),
    readDefaults().then(into(world.defaults)),
    readReach().then(into(world.reach)),
    openTabs().then(into(world.tabs)),
  ])
  return world
}
