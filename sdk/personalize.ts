/** Shows a segment to the page: an attribute on `<html>`, and `hidden` taken from what was written for it. No request depends on it. */

import type { Segments } from './api.ts'

export const ATTRIBUTE = 'data-nearside-'
export const SHOW = `${ATTRIBUTE}show`

/** Is it written for what `<html>` says now? `data-nearside-show="visit:v2 visit:v3"` is for either. */
export const isFor = (element: Element): boolean =>
  (element.getAttribute(SHOW) as string).split(/\s/).some(word => {
    const [name, segment] = word.split(':')
    return segment === document.documentElement.getAttribute(ATTRIBUTE + name)
  })

/** Hides or shows what the page has written for segments. */
export const reveal = (isShown: (element: Element) => boolean): void => {
  for (const element of document.querySelectorAll<HTMLElement>(`[${SHOW}]`)) element.hidden = !isShown(element)
}

/** Takes the place of whatever was shown `before`. */
export const personalize = (segments: Segments, before: Segments): void => {
  const root = document.documentElement
  for (const name of Object.keys(before)) root.removeAttribute(ATTRIBUTE + name)
  for (const name of Object.keys(segments)) root.setAttribute(ATTRIBUTE + name, segments[name] as string)
}

/** What a page may say of itself on `<html>`, by names that begin alike. */
const NOT_SEGMENTS = ['page', 'show', 'signal', 'category', 'currency', 'value', 'taken']

/** What `<html>` shows now, whoever put it there. */
export const painted = (): Segments => {
  const root = document.documentElement
  const names = root.getAttributeNames().filter(name => name.startsWith(ATTRIBUTE))
  return Object.fromEntries(
    names
      .map(name => [name.slice(ATTRIBUTE.length), root.getAttribute(name) ?? ''] as const)
      .filter(([name]) => !NOT_SEGMENTS.includes(name)),
  )
}
