/** A list of any length, of which only what is in sight is in the document. Rows are equally high; one is chosen. */

import type { ElementNode } from '../../../view/element.ts'
import { toDom } from '../../../view/to-dom.ts'

/** As `.dt-row` in panel.css. */
export const ROW_PX = 24
/** Rows beyond each edge, so that a turn of the wheel finds them there. */
const BEYOND = 8

export interface VirtualList<T> {
  readonly element: HTMLElement
  /** Shows these; the same list may have grown since. A list that was at its end stays there. */
  show(rows: readonly T[]): void
  chosen(): T | undefined
  /** Chooses a row and brings it into sight. */
  choose(row: T | undefined): void
}

/**
 * @param draw one row, as `role=option`
 * @param idOf of an element, unique in the page
 * @param choose told when a row is chosen by hand
 */
export const createVirtualList = <T>(
  label: string,
  draw: (row: T, place: { readonly index: number; readonly of: number; readonly chosen: boolean }) => ElementNode,
  idOf: (row: T) => string,
  choose: (row: T | undefined, by: 'move' | 'open') => void,
): VirtualList<T> => {
  const element = document.createElement('div')
  const room = document.createElement('div')
  const sight = document.createElement('div')
  element.className = 'dt-list'
  room.className = 'dt-list-room'
  sight.className = 'dt-list-sight'
  element.tabIndex = 0
  element.setAttribute('role', 'listbox')
  element.setAttribute('aria-label', label)
  room.setAttribute('role', 'presentation')
  sight.setAttribute('role', 'presentation')
  element.append(room)
  room.append(sight)

  let rows: readonly T[] = []
  let chosen: T | undefined
  let atEnd = true

  const paint = (): void => {
    const first = Math.max(0, Math.floor(element.scrollTop / ROW_PX) - BEYOND)
    const count = Math.ceil(element.clientHeight / ROW_PX) + 2 * BEYOND
    const seen = rows.slice(first, first + count)
    room.style.height = `${rows.length * ROW_PX}px`
    sight.style.transform = `translateY(${first * ROW_PX}px)`
    sight.replaceChildren(
      ...seen.map((row, i) =>
        toDom<Element>(document, draw(row, { index: first + i, of: rows.length, chosen: row === chosen })),
      ),
    )
    if (chosen !== undefined && seen.includes(chosen)) element.setAttribute('aria-activedescendant', idOf(chosen))
    else element.removeAttribute('aria-activedescendant')
  }

  const reveal = (index: number): void => {
    const top = index * ROW_PX
    if (top < element.scrollTop) element.scrollTop = top
    else if (top + ROW_PX > element.scrollTop + element.clientHeight)
      element.scrollTop = top + ROW_PX - element.clientHeight
  }

  const move = (to: number): void => {
    const index = Math.max(0, Math.min(rows.length - 1, to))
    chosen = rows[index]
    if (chosen === undefined) return
    reveal(index)
    atEnd = index === rows.length - 1
    paint()
    choose(chosen, 'move')
  }

  const page = (): number => Math.max(1, Math.floor(element.clientHeight / ROW_PX) - 1)
  const at = (): number => (chosen === undefined ? -1 : rows.indexOf(chosen))
  const leave = (): void => {
    chosen = undefined
    paint()
    choose(undefined, 'move')
  }
  const keys = new Map<string, () => void>([
    ['ArrowDown', () => move(at() + 1)],
    ['ArrowUp', () => move(at() < 0 ? rows.length - 1 : at() - 1)],
    ['PageDown', () => move(at() + page())],
    ['PageUp', () => move(at() - page())],
    ['Home', () => move(0)],
    ['End', () => move(rows.length - 1)],
    ['Enter', () => chosen !== undefined && choose(chosen, 'open')],
    ['Escape', leave],
  ])

  element.addEventListener('keydown', event => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : keys.get(event.key)
    if (!act) return
    event.preventDefault()
    act()
  })
  element.addEventListener('click', ({ target }) => {
    const index = (target as Element).closest<HTMLElement>('[data-index]')?.dataset.index
    if (index !== undefined) move(Number(index))
  })
  element.addEventListener('scroll', () => {
    atEnd = element.scrollTop + element.clientHeight >= rows.length * ROW_PX - ROW_PX
    paint()
  })
  // What is said of a chosen row may take the place in which it stood.
  new ResizeObserver(() => {
    if (chosen !== undefined) reveal(at())
    paint()
  }).observe(element)

  return {
    element,
    show: next => {
      rows = next
      const stay = atEnd && chosen === undefined
      paint()
      if (stay) element.scrollTop = rows.length * ROW_PX
      if (stay) paint()
    },
    chosen: () => chosen,
    choose: row => {
      chosen = row
      const index = at()
      if (index >= 0) reveal(index)
      atEnd = false
      paint()
    },
  }
}
