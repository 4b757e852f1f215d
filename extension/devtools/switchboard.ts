/** Which panels look at which pages, and what passes between them. What it knows is gone whenever the browser ends the background. */

import type { Ask, Said } from './ports.ts'

/** One end of a port. */
export interface End<T> {
  send(message: T): void
}

export interface Scripts {
  /** From now on the pages of these tabs are watched from their start; none: no page is. */
  watch(tabs: readonly number[]): Promise<void>
  /** Marks the tab's icon: this page has Nearside. */
  mark(tab: number): void
}

/** A panel that was cut off with its page comes back within a moment. */
const GRACE_MS = 3000

export const createSwitchboard = ({ watch, mark }: Scripts) => {
  const panels = new Map<End<Said>, number>()
  const pages = new Map<End<Ask>, number>()

  const looked = (): number[] => [...new Set(panels.values())]
  const isLooked = (tab: number): boolean => looked().includes(tab)

  const pagesOf = (tab: number): End<Ask>[] => [...pages].filter(([, at]) => at === tab).map(([page]) => page)

  /** Who is looked at by nobody, after a while, is left alone. */
  const tidyLater = (): void => {
    setTimeout(() => {
      for (const [page, tab] of pages) if (!isLooked(tab)) page.send({ ask: 'stop' })
      void watch(looked())
    }, GRACE_MS)
  }

  return {
    looked,

    openPanel: (panel: End<Said>, tab: number): void => {
      panels.set(panel, tab)
      for (const page of pagesOf(tab)) page.send({ ask: 'hello' })
      void watch(looked())
    },
    closePanel: (panel: End<Said>): void => {
      panels.delete(panel)
      tidyLater()
    },
    ask: (panel: End<Said>, asked: Ask): void => {
      const tab = panels.get(panel)
      // Other panels may still be looking.
      if (tab === undefined || asked.ask === 'stop') return
      for (const page of pagesOf(tab)) page.send(asked)
    },

    openPage: (page: End<Ask>, tab: number): void => {
      pages.set(page, tab)
      if (!isLooked(tab)) tidyLater()
    },
    closePage: (page: End<Ask>): void => void pages.delete(page),
    tell: (page: End<Ask>, said: Said): void => {
      const tab = pages.get(page)
      if (tab === undefined) return
      if (said.say === 'told' && said.told.deed.what === 'ready') mark(tab)
      for (const [panel, at] of panels) if (at === tab) panel.send(said)
    },
  }
}
