/** Keeps the focus, and what is in sight, where they were when what they were in is drawn anew. */

const FOCUSABLE = 'button:not([disabled]),select,input,summary,a[href]'

/** The same control in what is drawn anew: what it does, and about what. */
const sameAs = ({ dataset }: HTMLElement): string | undefined =>
  dataset.does &&
  Object.entries(dataset)
    .map(([name, value]) => `[data-${name}="${CSS.escape(value ?? '')}"]`)
    .join('')

/** To what a new screen says first. */
export const focusHeading = (panel: HTMLElement, preventScroll = false): void =>
  (panel.querySelector<HTMLElement>('h3[tabindex]') ?? panel).focus({ preventScroll })

/** Draws, then gives the focus back: to the same control, or the one in its place; to the heading, where that had it. */
export const keepingFocus = (panel: HTMLElement, draw: () => void): void => {
  const active = document.activeElement
  if (!(active instanceof HTMLElement) || !panel.contains(active) || active === panel) {
    draw()
    return
  }
  const place = [...panel.querySelectorAll(FOCUSABLE)].indexOf(active)
  const same = sameAs(active)
  // Whoever goes by keyboard follows the focus; whoever points is left in sight of what was there.
  const preventScroll = !active.matches(':focus-visible')
  const { scrollTop } = panel
  draw()
  panel.scrollTop = scrollTop
  if (place < 0) {
    focusHeading(panel, true)
    return
  }
  const all = panel.querySelectorAll<HTMLElement>(FOCUSABLE)
  const next = (same && panel.querySelector<HTMLElement>(same)) || all[Math.min(place, all.length - 1)] || panel
  next.focus({ preventScroll })
}
