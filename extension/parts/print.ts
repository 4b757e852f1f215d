/** Puts what is said into a page, and leaves the focus where it was. */

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

const openIn = (place: Element): readonly string[] =>
  [...place.querySelectorAll<HTMLDetailsElement>('details[open]')].map(
    it => it.querySelector('summary')?.textContent ?? '',
  )

/** What was unfolded stays so. */
const unfold = (place: Element, open: readonly string[]): void => {
  for (const each of place.querySelectorAll('details'))
    if (open.includes(each.querySelector('summary')?.textContent ?? '')) each.open = true
}

/** To what a new screen says first. */
export const focusHeading = (place: Element): void =>
  (
    place.querySelector<HTMLElement>('.ns-headline [tabindex]') ?? place.querySelector<HTMLElement>('h1[tabindex]')
  )?.focus()

/** @param moved a new screen: its heading takes the focus, for else a screen reader would say nothing */
export const draw = (place: HTMLElement, content: Child, moved = false): void => {
  const active = document.activeElement
  const held = active instanceof HTMLElement && place.contains(active) ? active : undefined
  const at = held ? [...place.querySelectorAll(FOCUSABLE)].indexOf(held) : -1
  const same = held && sameAs(held)
  const open = openIn(place)
  place.replaceChildren(...print(content))
  unfold(place, open)
  if (moved) {
    scrollTo(0, 0)
    focusHeading(place)
  } else if (held) {
    const all = place.querySelectorAll<HTMLElement>(FOCUSABLE)
    const next = (same && place.querySelector<HTMLElement>(same)) || all[Math.min(at, all.length - 1)]
    // What had it was a heading, or is gone.
    if (next) next.focus()
    else focusHeading(place)
  }
}
