/** The sites that were seen: searched, filtered, sorted, and picked to do something about many at once. */

import van from 'vanjs-core'
import type { Weight } from '../../view/controls.ts'
import { toDom } from '../../view/to-dom.ts'
import { headline } from '../parts/headline.ts'
import type { Voice } from '../voice.ts'
import type { LIST_DEEDS } from './list-acts.ts'
import type { Picks } from './picks.ts'
import { createSiteRows, type SiteRows } from './site-rows.ts'
import { arranged, FILTERS, type Filter, ORDERS, type Order } from './sites.ts'
import type { World } from './world.ts'

const { button, div, h1, input, label, option, p, select, span } = van.tags

/** @param off is there nothing to do it to? */
const act = (does: (typeof LIST_DEEDS)[number], weight: Weight, name: string, off: () => boolean): HTMLButtonElement =>
  button({ type: 'button', class: `ns-button ns-button-${weight}`, 'data-does': does, disabled: off }, name)

const chooser = <T extends string>(
  name: string,
  all: readonly T[],
  current: T,
  called: (each: T) => string,
  choose: (chosen: T) => void,
): HTMLLabelElement =>
  label(
    { class: 'ns-field' },
    span(name),
    select(
      { onchange: (event: Event) => choose((event.target as HTMLSelectElement).value as T) },
      all.map(each => option({ value: each, selected: each === current }, called(each))),
    ),
  )

/** @returns what makes the page: it is made anew each time it is shown, and what was asked for and picked stays */
export const sitesPage = ({ sites, tabs }: World, picks: Picks, voice: Voice): (() => HTMLElement) => {
  const { own, phrased, number } = voice
  const { picked, chosen, pick } = picks
  const search = van.state('')
  const filter = van.state<Filter>('every')
  const order = van.state<Order>('last')
  const shown = van.derive(() => arranged(sites.val, { search: search.val, filter: filter.val, order: order.val }))
  let drawn: SiteRows | undefined
  van.derive(() => {
    const now = picked.val
    drawn?.tick(now)
  })

  const origins = (): string[] => shown.val.map(({ origin }) => origin)
  const allPicked = (): boolean => shown.val.length > 0 && origins().every(origin => picked.val.has(origin))
  const somePicked = (): boolean => !allPicked() && origins().some(origin => picked.val.has(origin))
  const none = (): boolean => !chosen().length
  const said = (mood: 'none' | 'empty', title: string, why: string): HTMLElement =>
    toDom<Element>(document, headline(mood, title, why)) as HTMLElement

  const list = (rows: SiteRows) => (): HTMLElement => {
    if (!sites.val.length) return div({ class: 'sites-empty' }, said('none', own['sites-none'], own['sites-none-why']))
    if (!shown.val.length)
      return div({ class: 'sites-empty' }, said('empty', own['sites-no-match'], own['sites-no-match-why']))
    const open = tabs.val
    const asked = [search.val, filter.val, order.val].join('\n')
    return rows.show({ sites: shown.val, opened: origin => open.has(origin), asked })
  }
  const tools = (): HTMLElement =>
    div(
      { class: 'sites-tools', hidden: () => !sites.val.length },
      label(
        { class: 'ns-field sites-search' },
        span(own['sites-search']),
        input({
          type: 'search',
          spellcheck: false,
          value: search.val,
          oninput: (event: Event) => (search.val = (event.target as HTMLInputElement).value),
        }),
      ),
      chooser(
        own['sites-show'],
        FILTERS,
        filter.val,
        each => (each === 'every' ? own['sites-every'] : own[`stands-${each}`]),
        chosen => (filter.val = chosen),
      ),
      chooser(
        own['sites-sort'],
        ORDERS,
        order.val,
        each => own[`sort-${each}`],
        chosen => (order.val = chosen),
      ),
    )
  const bulk = (): HTMLElement =>
    div(
      { class: 'sites-bulk', hidden: () => !sites.val.length },
      label(
        { class: 'sites-all' },
        input({
          type: 'checkbox',
          checked: allPicked,
          indeterminate: somePicked,
          disabled: () => !shown.val.length,
          onchange: (event: Event) => pick(origins(), (event.target as HTMLInputElement).checked),
        }),
        span(own['sites-pick-all']),
      ),
      span({ class: 'ns-quiet', role: 'status' }, () =>
        picked.val.size
          ? phrased(own['sites-picked'], { n: number(chosen().length) })
          : phrased(own['sites-count'], { n: number(shown.val.length) }),
      ),
      div(
        { class: 'sites-acts' },
        act('unlist-picked', 'plain', own['sites-unlist'], none),
        act('erase-picked', 'grave', own['sites-delete'], none),
      ),
    )
  return () => {
    const rows = createSiteRows(picks, voice)
    drawn = rows
    return div(
      { class: 'sites' },
      h1({ tabIndex: -1 }, own['nav-sites']),
      p({ class: 'ns-lead' }, own['sites-about']),
      div(
        { class: 'sites-history', hidden: () => !sites.val.length },
        p({ class: 'ns-quiet' }, own['sites-private']),
        act('clear-list', 'grave', own['sites-clear'], () => false),
      ),
      tools(),
      bulk(),
      list(rows),
    )
  }
}
