/** The dialog itself: a title, tabs, a panel, and a line that says what was done. Empty until something is shown in it. */

import { type Child, h } from '../../view/element.ts'
import { toDom } from '../../view/to-dom.ts'
import type { Tongue } from '../../view/tongue.ts'
import { focusHeading, keepingFocus } from './focus.ts'
import { adoptStyle, dropStyle } from './style.ts'
import { PANEL, type Tab, tabId, tabList } from './tabs.ts'

const HOST = 'nearside-centre'
const TITLE = 'nearside-centre-title'

const print = (node: Child): Element[] =>
  [...toDom<Element>(document, h('div', {}, node)).childNodes].filter(child => child instanceof Element)

export interface Frame {
  readonly dialog: HTMLDialogElement
  readonly panel: HTMLElement
  /** @param tab the one that is shown; none where there is only one thing to show */
  show(content: Child, tab?: Tab, moved?: boolean): void
  /** To eyes and to screen readers. */
  say(text: string): void
  close(): void
}

/** @param onClose called once, however it is closed */
export const createFrame = (name: string, dir: string, tongue: Tongue, onClose: () => void): Frame => {
  const { words, locale } = tongue
  const dialog = document.createElement('dialog')
  for (const [attribute, value] of Object.entries({ id: HOST, dir, lang: locale, 'aria-labelledby': TITLE }))
    dialog.setAttribute(attribute, value)
  const [top, panel, said] = print([
    h(
      'header',
      { class: 'ns-top' },
      h('h2', { id: TITLE }, words['centre-title'], ' ', h('bdi', { class: 'ns-site' }, name)),
      h(
        'button',
        { type: 'button', class: 'ns-close', 'data-close': true, 'aria-label': words['centre-close'] },
        h(
          'svg',
          { class: 'ns-cross', viewBox: '0 0 16 16', 'aria-hidden': 'true', focusable: 'false' },
          h('line', { x1: 3, y1: 3, x2: 13, y2: 13 }),
          h('line', { x1: 13, y1: 3, x2: 3, y2: 13 }),
        ),
      ),
    ),
    h('div', { class: 'ns-panel', id: PANEL, tabindex: 0 }),
    h('p', { class: 'ns-said', role: 'status' }),
  ]) as [HTMLElement, HTMLElement, HTMLElement]
  dialog.append(top, panel, said)
  const back = document.activeElement as HTMLElement | null
  let shownTab: Tab | undefined
  let closed = false

  const close = (): void => {
    if (closed) return
    closed = true
    if (dialog.open) dialog.close()
    dialog.remove()
    dropStyle()
    if (back?.isConnected) back.focus()
    onClose()
  }
  dialog.addEventListener('close', close)
  dialog.addEventListener('click', ({ target }) => {
    // The backdrop is the dialog itself; what stands in it is not.
    if (target === dialog || (target as Element).closest('[data-close]')) close()
  })

  const showTabs = (tab: Tab | undefined): void => {
    const before = dialog.querySelector('[role=tablist]')
    const held = before?.contains(document.activeElement)
    before?.remove()
    panel.toggleAttribute('aria-labelledby', false)
    panel.removeAttribute('role')
    if (!tab) return
    panel.before(...print(tabList(tab, tongue)))
    panel.setAttribute('role', 'tabpanel')
    panel.setAttribute('aria-labelledby', tabId(tab))
    if (held) dialog.querySelector<HTMLElement>('[aria-selected=true]')?.focus()
  }

  adoptStyle()
  // In the body, outside of which checkers see nothing; not `document.body`, which an image of that name takes the place of.
  ;(document.querySelector('body') ?? document.documentElement).append(dialog)
  dialog.showModal()

  return {
    dialog,
    panel,
    show: (content, tab, moved = false) => {
      if (tab !== shownTab || !tab) showTabs(tab)
      const draw = (): void => panel.replaceChildren(...print(content))
      if (tab === shownTab && !moved) keepingFocus(panel, draw)
      else {
        draw()
        panel.scrollTop = 0
      }
      if (moved) focusHeading(panel)
      shownTab = tab
    },
    say: text => {
      said.textContent = text
    },
    close,
  }
}
