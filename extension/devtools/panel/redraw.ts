/** Draws a tree in the place of what an element held, and leaves the reader where they were: focus, open folds, scrolling. */

import type { ElementNode } from '../../../view/element.ts'
import { toDom } from '../../../view/to-dom.ts'

const byKey = (tag: string, key: string): string => `${tag}[data-key="${CSS.escape(key)}"]`

/** What tells an element again after everything was drawn anew. */
const selectorOf = (it: Element): string | undefined => {
  if (it.id) return `#${CSS.escape(it.id)}`
  const key = it.getAttribute('data-key')
  if (key !== null) return byKey('', key)
  const fold = it.tagName === 'SUMMARY' ? it.parentElement?.getAttribute('data-key') : null
  return fold == null ? undefined : `${byKey('details', fold)} > summary`
}

/** Folds of the views' own have no key: they are told by their place. */
const foldsIn = (host: HTMLElement): [string, HTMLDetailsElement][] =>
  [...host.querySelectorAll('details')].map((it, i) => [it.dataset.key ?? `:${i}`, it])

interface Kept {
  readonly focus: string | undefined
  readonly selection: readonly [number, number] | undefined
  readonly folds: ReadonlyMap<string, boolean>
  readonly top: number
}

const selectionIn = (it: Element | null): Kept['selection'] =>
  it instanceof HTMLInputElement && it.type === 'text' && it.selectionStart !== null
    ? [it.selectionStart, it.selectionEnd ?? it.selectionStart]
    : undefined

const keep = (host: HTMLElement): Kept => {
  const focused = host.contains(document.activeElement) ? document.activeElement : null
  return {
    focus: focused ? selectorOf(focused) : undefined,
    selection: selectionIn(focused),
    folds: new Map(foldsIn(host).map(([key, it]) => [key, it.open])),
    top: host.scrollTop,
  }
}

const restore = (host: HTMLElement, { focus, selection, folds, top }: Kept): void => {
  for (const [key, it] of foldsIn(host)) it.open = folds.get(key) ?? it.open
  host.scrollTop = top
  const focused = focus ? host.querySelector<HTMLElement>(focus) : null
  focused?.focus({ preventScroll: true })
  if (selection && focused instanceof HTMLInputElement) focused.setSelectionRange(...selection)
}

/** What was drawn in an element last. */
const drawn = new WeakMap<HTMLElement, string>()

/** Where it would look as it does, nothing is touched: what is selected stays so. */
export const redraw = (host: HTMLElement, tree: ElementNode): void => {
  const text = JSON.stringify(tree)
  if (host.firstChild && drawn.get(host) === text) return
  drawn.set(host, text)
  const kept = keep(host)
  host.replaceChildren(toDom<Element>(document, tree))
  restore(host, kept)
}
