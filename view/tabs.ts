/** A row of tabs: arrows go from one to the next, and show it at once. */

import { type ElementNode, h } from './element.ts'

export interface Tabs<T extends string> {
  readonly all: readonly T[]
  readonly current: T
  /** What all of them are about. */
  readonly title: string
  readonly called: (tab: T) => string
  /** Before each tab's name in its id. */
  readonly prefix: string
  /** The id of what they show. */
  readonly panel: string
}

export const tabRow = <T extends string>({ all, current, title, called, prefix, panel }: Tabs<T>): ElementNode =>
  h(
    'div',
    { class: 'ns-tabs', role: 'tablist', 'aria-label': title },
    all.map(tab =>
      h(
        'button',
        {
          type: 'button',
          role: 'tab',
          id: `${prefix}${tab}`,
          'data-tab': tab,
          'aria-selected': String(tab === current),
          'aria-controls': panel,
          tabindex: tab === current ? 0 : -1,
        },
        called(tab),
      ),
    ),
  )

/** The tab that a key leads to; undefined for any other key. */
export const tabAfter = <T extends string>(all: readonly T[], current: T, key: string, rtl: boolean): T | undefined => {
  const step = { ArrowRight: rtl ? -1 : 1, ArrowLeft: rtl ? 1 : -1 }[key]
  if (step) return all[(all.indexOf(current) + step + all.length) % all.length]
  return { Home: all[0], End: all.at(-1) }[key]
}
