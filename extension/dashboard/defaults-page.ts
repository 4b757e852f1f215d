/** What is said to every site before it asks, to which sites something else, and what holds everywhere. */

import { CATEGORIES, PURPOSES } from '../../core/consent.ts'
import { type Attributes, type Child, type ElementNode, h } from '../../view/element.ts'
import { phrase } from '../../view/tongue.ts'
import { type Answer, answerFor, signals } from '../defaults.ts'
import { press } from '../parts/deeds.ts'
import { section } from '../parts/headline.ts'
import { pairSwitches, setting } from '../parts/switches.ts'
import type { Reach } from '../reach.ts'
import type { Voice } from '../voice.ts'
import { addressOf } from './route.ts'
import { hostIn } from './sites.ts'
import type { World } from './world.ts'

const ANSWERS = ['ask', 'refuse', 'only'] as const
const ALL = { purposes: PURPOSES, categories: CATEGORIES }

const whereOf = ({ everywhere, hosts }: Reach, { own, phrased, number }: Voice): string =>
  everywhere
    ? own['where-all']
    : hosts.length
      ? phrased(own['where-some'], { n: number(hosts.length) })
      : own['where-nowhere']

/** The grid of an answer that allows only some; `does` is what a switch of it does, and `data` says to which site. */
const only = (answer: Answer, voice: Voice, does: string, data: Attributes = {}): Child =>
  answer.answer === 'only' && pairSwitches(answer.grants, ALL, voice, does, data)

const choice = (each: Answer['answer'], answer: Answer, { own }: Voice): ElementNode =>
  h(
    'label',
    { class: 'ns-choice ns-card' },
    h('input', {
      type: 'radio',
      name: 'everywhere',
      value: each,
      checked: each === answer.answer,
      'data-does': 'everywhere',
    }),
    h('span', {}, h('strong', {}, own[`answer-${each}`]), h('small', { class: 'ns-quiet' }, own[`answer-${each}-why`])),
  )

export const answerName = (answer: Answer, { own }: Voice): string =>
  answer.answer === 'refuse' ? own['answer-refuse-here'] : own[`answer-${answer.answer}`]

/** What one site is told, and another way to choose it. */
export const siteAnswer = ({ defaults }: World, origin: string, voice: Voice): Child => {
  const { own } = voice
  const answer = answerFor(defaults.val, origin)
  const exception = answer !== defaults.val.everywhere
  return [
    h(
      'label',
      { class: 'ns-field' },
      h('span', {}, own['nav-defaults']),
      h(
        'select',
        { 'data-does': 'exception', 'data-origin': origin },
        h(
          'option',
          { value: '', selected: !exception },
          `${own['answer-default']} (${answerName(defaults.val.everywhere, voice)})`,
        ),
        ANSWERS.map(each =>
          h(
            'option',
            { value: each, selected: exception && answer.answer === each },
            each === 'refuse' ? own['answer-refuse-here'] : own[`answer-${each}`],
          ),
        ),
      ),
    ),
    exception && only(answer, voice, 'exception-pair', { 'data-origin': origin }),
  ]
}

const exceptions = ({ defaults }: World, voice: Voice): Child => {
  const { own } = voice
  const all = Object.entries(defaults.val.exceptions)
  if (!all.length) return h('p', { class: 'ns-quiet' }, own['exceptions-none'])
  return h(
    'ul',
    { class: 'ns-plain' },
    all.map(([host, answer]) =>
      h(
        'li',
        { class: 'ns-row' },
        h('a', { href: addressOf({ at: 'site', origin: host }) }, h('bdi', {}, hostIn(host))),
        h('span', { class: 'ns-quiet' }, answerName(answer, voice)),
        press('unexcept', [own['exception-remove'], h('span', { class: 'ns-unseen' }, `: ${hostIn(host)}`)], 'quiet', {
          'data-origin': host,
        }),
      ),
    ),
  )
}

/** @param firefox has a switch of its own for the opt-out signal */
export const defaultsPage = (world: World, firefox: boolean, voice: Voice): Child => {
  const { own } = voice
  const { everywhere, paused } = world.defaults.val
  return [
    h('h1', { tabindex: -1 }, own['nav-defaults']),
    h('p', { class: 'ns-lead' }, own['defaults-about']),
    h(
      'fieldset',
      { class: 'choices' },
      h('legend', { class: 'ns-unseen' }, own['nav-defaults']),
      ANSWERS.map(each => choice(each, everywhere, voice)),
    ),
    only(everywhere, voice, 'everywhere-pair'),
    h(
      'p',
      { class: 'note' },
      phrase(own['defaults-reach'], { where: h('strong', {}, whereOf(world.reach.val, voice)) }),
      ' ',
      h('a', { href: addressOf({ at: 'reach' }) }, own['reach-change']),
    ),
    section(own.exceptions, exceptions(world, voice)),
    h(
      'div',
      { class: 'ns-part settings' },
      setting(own['pause-all'], own['pause-all-why'], paused, 'pause-all'),
      firefox
        ? h('div', { class: 'setting' }, h('strong', {}, own.gpc), h('p', { class: 'ns-quiet' }, own['gpc-firefox']))
        : setting(own.gpc, own['gpc-why'], signals(world.defaults.val, world.reach.val), 'gpc'),
    ),
  ]
}
