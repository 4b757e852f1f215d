/** A site of which no page is open: what the list knows of it, and how more can be had. */

import { CATEGORIES, grantsOf, NONE, PURPOSES } from '../../../core/consent.ts'
import { grants } from '../../../view/decision.ts'
import { type Child, type ElementNode, h } from '../../../view/element.ts'
import { press } from '../../parts/deeds.ts'
import { headline, section } from '../../parts/headline.ts'
import type { Site } from '../../site-index.ts'
import type { Voice } from '../../voice.ts'
import { deletionList } from '../deletions.ts'
import { standing } from '../stands.ts'
import { strengthWords } from '../strengths.ts'
import type { World } from '../world.ts'

const ALL = { purposes: PURPOSES, categories: CATEGORIES }

const fact = (name: string, value: Child): ElementNode => h('div', {}, h('dt', {}, name), h('dd', {}, value))

const known = (site: Site, voice: Voice): Child => {
  const { own, dated, words } = voice
  const day = (date: string): ElementNode => h('time', { datetime: date }, dated(Date.parse(date)))
  return [
    h(
      'dl',
      { class: 'facts' },
      fact(own['site-last'], [day(site.lastSeen), ' ', standing(site.stands, voice)]),
      fact(own['site-first'], day(site.firstSeen)),
      site.expires && fact(own['site-holds'], day(site.expires)),
    ),
    site.pairs
      ? section(
          words['centre-allowed'],
          h(
            'div',
            { class: 'ns-scroll', tabindex: 0, role: 'region', 'aria-label': words['centre-allowed'] },
            grants(asDecided(site), ALL, voice),
          ),
        )
      : undefined,
  ]
}

const asDecided = ({ pairs, expires = '' }: Site) => ({ seq: 1, grants: grantsOf(pairs ?? NONE), expires, notice: '' })

/** @param asks does it ask first? What waits can be taken back, so that it does not */
const strength = (name: 'visit' | 'once', asks: boolean, voice: Voice): ElementNode =>
  h(
    'article',
    { class: 'ns-card strength' },
    h('h3', {}, voice.own[`strength-${name}`]),
    strengthWords(name, voice),
    h(
      'div',
      { class: 'ns-actions' },
      press(`delete-${name}`, `${voice.own['site-delete']}${asks ? '…' : ''}`, 'grave'),
    ),
  )

/** Asked before the browser is told to: it takes what is not Nearside's as well, and cannot be taken back. */
export const once = (voice: Voice): Child => [
  headline('doubt', voice.own['strength-once']),
  strengthWords('once', voice),
  h(
    'div',
    { class: 'ns-actions' },
    press('keep-once', voice.own.back),
    press('do-once', voice.own['bulk-do'], 'final'),
  ),
]

/** @param waiting its tab is open: the visitor's click there is what lets the extension look */
export const closed = (world: World, origin: string, waiting: boolean, voice: Voice): Child => {
  const { own } = voice
  const site = world.sites.val.find(each => each.origin === origin)
  const deletions = world.deletions.val.filter(each => each.origin === origin)
  return [
    waiting
      ? headline('empty', own['site-click'], own['site-click-why'])
      : headline('none', site ? own['site-closed'] : own['site-unknown'], own['site-closed-why']),
    h(
      'div',
      { class: 'ns-actions' },
      press('open', own['site-open'], 'strong', { 'data-origin': origin }),
      site && press('unlist', own['sites-unlist'], 'plain', { 'data-origin': origin }),
    ),
    h('p', { class: 'ns-quiet' }, own['site-open-why']),
    site && known(site, voice),
    deletions.length > 0 && section(own.deletions, deletionList(deletions, voice)),
    section(
      own['site-delete'],
      h('div', { class: 'strengths' }, strength('visit', false, voice), strength('once', true, voice)),
    ),
  ]
}
