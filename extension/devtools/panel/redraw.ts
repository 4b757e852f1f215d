/** Draws a tree in the place of what an element held, and leaves the reader where they were: focus, open folds, scrolling. */

import type { ElementNode } from '../../../view/element.ts'
import { toDom } from '../../../view/to-dom.ts'

/** What tells an element again after everything was drawn anew. */
const nameOf = (it: Element): string | undefined =>
  it.id
    ? `#${CSS.escape(it.id)}`
    : it.hasAttribute('data-key')
      ? `[data-key="${CSS.escape(it.getAttribute('data-key') ?? '')}"]`
      : undefined

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
  const folds = [...host.querySelectorAll<HTMLDetailsElement>('details[data-key]')]
  return {
    focus: focused ? nameOf(focused) : undefined,
    selection: selectionIn(focused),
    folds: new Map(folds.map(it => [it.dataset.key ?? '', it.open])),
    top: host.scrollTop,
  }
}

const restore = (host: HTMLElement, { focus, selection, folds, top }: Kept): void => {
  for (const it of host.querySelectorAll<HTMLDetailsElement>('details[data-key]'))
    it.open = folds.get(it.dataset.key ?? '') ?? it.open
  host.scrollTop = top
  const focused = focus ? host.querySelector<HTMLElement>(focus) : null
  focused?.focus({ preventScroll: true })
  if (selection && focused instanceof HTMLInputElement) focused.setSelectionRange(...selection)
}

export const redraw = (host: HTMLElement, ...trees: readonly ElementNode[]): void => {
  const kept = keep(host)
  host.replaceChildren(...trees.map(tree => toDom<Element>(document, tree)))
  restore(host, kept)
}
