/** Puts what is said into a page, and leaves the focus, what is unfolded, and what is in sight where they were. */

import { type Child, h } from '../../view/element.ts'
import { toDom } from '../../view/to-dom.ts'

const FOCUSABLE = 'button:not([disabled]),select,input,summary,a[href]'

const print = (content: Child): readonly ChildNode[] => [...toDom<Element>(document, h('div', {}, content)).childNodes]

/** The same control in what is drawn anew: what it does, and about what. */
const sameAs = ({ dataset }: HTMLElement): string | undefined =>
  dataset.does &&
  Object.entries(dataset)
    .map(([name, value]) => `[data-${name}="${CSS.escape(value ?? '')}"]`)
    .join('')

/** By what it is called: a part without a name of its own, by what it says. */
const foldName = (it: HTMLDetailsElement): string => it.dataset.fold ?? it.querySelector('summary')?.textContent ?? ''

const openIn = (place: Element): readonly string[] =>
  [...place.querySelectorAll<HTMLDetailsElement>('details[open]')].map(foldName)

/** What was unfolded stays so. */
const unfold = (place: Element, open: readonly string[]): void => {
  for (const each of place.querySelectorAll('details')) if (open.includes(foldName(each))) each.open = true
}

/** To what a new screen says first. */
export const focusHeading = (place: Element, preventScroll = false): void =>
  (
    place.querySelector<HTMLElement>('.ns-headline [tabindex]') ?? place.querySelector<HTMLElement>('h1[tabindex]')
  )?.focus({ preventScroll })

/** @param moved a new screen: its heading takes the focus, for else a screen reader would say nothing */
export const draw = (place: HTMLElement, content: Child, moved = false): void => {
  const active = document.activeElement
  const held = active instanceof HTMLElement && place.contains(active) ? active : undefined
  const at = held ? [...place.querySelectorAll(FOCUSABLE)].indexOf(held) : -1
  const same = held && sameAs(held)
  const open = openIn(place)
  const { scrollX, scrollY } = window
  // Whoever goes by keyboard follows the focus; whoever points is left in sight of what was there.
  const preventScroll = !held?.matches(':focus-visible')
  place.replaceChildren(...print(content))
  unfold(place, open)
  if (moved) {
    scrollTo(0, 0)
    focusHeading(place)
    return
  }
  // A page that was empty for a moment begins at its top.
  scrollTo(scrollX, scrollY)
  if (held) {
    const all = place.querySelectorAll<HTMLElement>(FOCUSABLE)
    const next = (same && place.querySelector<HTMLElement>(same)) || all[Math.min(at, all.length - 1)]
    // What had it was a heading, or is gone.
    if (next) next.focus({ preventScroll })
    else focusHeading(place, true)
  }
}
