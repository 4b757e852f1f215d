/** The sites that were seen: searched, filtered, sorted, and picked to do something about many at once. */

import van from 'vanjs-core'
import { toDom } from '../../view/to-dom.ts'
import { headline } from '../parts/headline.ts'
import type { Voice } from '../voice.ts'
import { siteRows } from './site-rows.ts'
import { arranged, FILTERS, type Filter, ORDERS, type Order } from './sites.ts'
import type { World } from './world.ts'

const { button, div, h1, input, label, option, p, select, span } = van.tags

export interface SitesActs {
  /** Asks how, for all of these. */
  readonly erase: (origins: readonly string[]) => void
  readonly unlist: (origins: readonly string[]) => void
  readonly clear: () => void
}

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

/** @returns what makes the page: it is made anew each time it is shown, and what was asked for stays */
export const sitesPage = ({ sites, tabs }: World, acts: SitesActs, voice: Voice): (() => HTMLElement) => {
  const { own, phrased, number } = voice
  const search = van.state('')
  const filter = van.state<Filter>('every')
  const order = van.state<Order>('last')
  const picked = van.state<ReadonlySet<string>>(new Set())
  const shown = van.derive(() => arranged(sites.val, { search: search.val, filter: filter.val, order: order.val }))

  const pick = (origins: readonly string[], on: boolean): void => {
    const after = new Set(picked.val)
    for (const origin of origins) on ? after.add(origin) : after.delete(origin)
    picked.val = after
  }
  const pickAll = (on: boolean): void => {
    for (const box of document.querySelectorAll<HTMLInputElement>('[data-pick]')) box.checked = on
    pick(
      shown.val.map(({ origin }) => origin),
      on,
    )
  }
  const picks = {
    // What is picked changes no row: the box shows it by itself.
    has: (origin: string) => picked.rawVal.has(origin),
    pick: (origin: string, on: boolean) => pick([origin], on),
  }
  const chosen = (): string[] => sites.val.filter(({ origin }) => picked.val.has(origin)).map(({ origin }) => origin)
  /** What something was done about is picked no more. */
  const act = (does: (origins: readonly string[]) => void): void => {
    const origins = chosen()
    picked.val = new Set()
    does(origins)
  }
  const said = (mood: 'none' | 'empty', title: string, why: string): HTMLElement =>
    toDom<Element>(document, headline(mood, title, why)) as HTMLElement

  const list = (): HTMLElement => {
    if (!sites.val.length) return div({ class: 'sites-empty' }, said('none', own['sites-none'], own['sites-none-why']))
    if (!shown.val.length)
      return div({ class: 'sites-empty' }, said('empty', own['sites-no-match'], own['sites-no-match-why']))
    return siteRows(shown.val, origin => tabs.val.has(origin), picks, voice)
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
          onchange: (event: Event) => pickAll((event.target as HTMLInputElement).checked),
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
        button(
          {
            type: 'button',
            class: 'ns-button ns-button-plain',
            disabled: () => !chosen().length,
            onclick: () => act(acts.unlist),
          },
          own['sites-unlist'],
        ),
        button(
          {
            type: 'button',
            class: 'ns-button ns-button-grave',
            disabled: () => !chosen().length,
            onclick: () => act(acts.erase),
          },
          own['sites-delete'],
        ),
      ),
    )
  return () =>
    div(
      { class: 'sites' },
      h1({ tabIndex: -1 }, own['nav-sites']),
      p({ class: 'ns-lead' }, own['sites-about']),
      div(
        { class: 'sites-history', hidden: () => !sites.val.length },
        p({ class: 'ns-quiet' }, own['sites-private']),
        button({ type: 'button', class: 'ns-button ns-button-grave', onclick: acts.clear }, own['sites-clear']),
      ),
      tools(),
      bulk(),
      list,
    )
}
