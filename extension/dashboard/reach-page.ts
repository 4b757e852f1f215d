/** How far the extension may look by itself. */

import { type Child, h } from '../../view/element.ts'
import { findsAll } from '../defaults.ts'
import { press } from '../parts/deeds.ts'
import { section } from '../parts/headline.ts'
import { setting } from '../parts/switches.ts'
import type { Voice } from '../voice.ts'
import { addressOf } from './route.ts'
import { hostIn } from './sites.ts'
import type { World } from './world.ts'

const eyes = ({ reach }: World, { own }: Voice): Child =>
  reach.val.hosts.length
    ? h(
        'ul',
        { class: 'ns-plain' },
        reach.val.hosts.map(host =>
          h(
            'li',
            { class: 'ns-row' },
            h('a', { href: addressOf({ at: 'site', origin: host }) }, h('bdi', {}, hostIn(host))),
            h('span', {}),
            press('no-eye', [own['reach-stop'], h('span', { class: 'ns-unseen' }, `: ${hostIn(host)}`)], 'quiet', {
              'data-origin': host,
            }),
          ),
        ),
      )
    : h('p', { class: 'ns-quiet' }, own['reach-eye-none'])

export const reachPage = (world: World, voice: Voice): Child => {
  const { own } = voice
  const all = findsAll(world.defaults.val, world.reach.val)
  return [
    h('h1', { tabindex: -1 }, own['nav-reach']),
    h('p', { class: 'ns-lead' }, own['reach-about']),
    section(own['reach-click'], h('p', { class: 'ns-quiet' }, own['reach-click-why'])),
    section(own['reach-eye'], h('p', { class: 'ns-quiet' }, own['reach-eye-why']), eyes(world, voice)),
    h(
      'div',
      { class: 'ns-part settings' },
      setting(own['reach-all'], own['reach-all-why'], all, 'find-all'),
      setting(own['reach-once'], own['reach-once-why'], world.reach.val.atOnce, 'at-once'),
    ),
  ]
}
