/**
 * Keeps what is shown for segments true while the page changes: elements that are added later, and templates, whose content is
 * fetched by nobody until it is shown.
 */

import { ATTRIBUTE, isFor, reveal, SHOW } from './personalize.ts'

/**
 * Marks what was taken out of a template, with how many templates deep. In the document and not in memory, since Turbo and others
 * put copies of it back.
 */
const TAKEN = 'data-nearside-taken'
const OURS = `[${SHOW}],[${TAKEN}]`

const depthOf = (element: Element | null): number => Number(element?.getAttribute(TAKEN))

const takenFrom = (template: Element): Element | null => {
  const { nextElementSibling: next } = template
  return depthOf(next) > depthOf(template) ? next : null
}

/** Puts a template's elements right behind it, or takes them away. @returns whether any were put there */
export const turn = (template: HTMLTemplateElement, shown: boolean): boolean => {
  if (shown === !!takenFrom(template)) return false
  for (let copy = takenFrom(template); copy; copy = takenFrom(template)) copy.remove()
  if (!shown) return false
  const copies = [...document.importNode(template.content, true).children]
  for (const copy of copies) copy.setAttribute(TAKEN, `${depthOf(template) + 1}`)
  template.after(...copies)
  return copies.length > 0
}

/** Templates may hold templates: so deep at most, as a page may undo what is done here while it is done. */
const DEEPEST = 8

const turnAll = (isShown: (template: Element) => boolean, depth = 0): void => {
  let more = false
  for (const template of document.querySelectorAll<HTMLTemplateElement>(`template[${SHOW}]`))
    if (turn(template, isShown(template))) more = true
  if (more && depth < DEEPEST) turnAll(isShown, depth + 1)
}

/** Only what was added or taken away is looked at, never the whole page: some pages change all the time. */
const isOurs = (node: Node): boolean => (node as Element).matches?.(OURS) || !!(node as Element).querySelector?.(OURS)

const concerns = ({ attributeName, addedNodes, removedNodes }: MutationRecord): boolean =>
  !!attributeName?.startsWith(ATTRIBUTE) || [...addedNodes, ...removedNodes].some(isOurs)

/** So often a second at most: a page that undoes what is shown must not keep both busy for ever. */
const MOST = 100

/** Shows what is written for the segments that `<html>` names, until `signal` aborts. While it names none, nothing is watched. */
export const startTemplates = (signal: AbortSignal): void => {
  const root = document.documentElement
  let known = false
  let since = 0
  let times = 0
  const show = (): void => {
    turnAll(isFor)
    // Anew each time: what was done just now is no news.
    changes.disconnect()
    changes.observe(root, { attributes: true })
    known ||= root.getAttributeNames().some(name => name.startsWith(ATTRIBUTE))
    // Until a segment is known, the page stands as it was served.
    if (!known) return
    reveal(isFor)
    changes.observe(document, { childList: true, subtree: true })
  }
  const changes = new MutationObserver(records => {
    if (!records.some(concerns)) return
    const now = performance.now()
    if (now - since > 1000) {
      since = now
      times = 0
    }
    if (++times <= MOST) show()
  })
  // Turbo morphs a page into the one that was served, `hidden` and all.
  addEventListener('turbo:render', show, { signal })
  signal.addEventListener('abort', () => {
    changes.disconnect()
    turnAll(() => false)
    if (known)
      reveal(() => false)
      // Else it would put a page back as it was shown.
    ;(window as { Turbo?: { cache?: { clear(): void } } }).Turbo?.cache?.clear()
  })
  show()
}
