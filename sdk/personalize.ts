/** Shows a segment to the page: an attribute on `<html>`, and `hidden` taken from what was written for it. No request depends on it. */

import type { Segments } from './api.ts'

const ATTRIBUTE = 'data-nearside-'
const SHOW = `${ATTRIBUTE}show`

/** Takes the place of whatever was shown `before`. `data-nearside-show="visit:v2 visit:v3"` is shown to either. */
export const personalize = (segments: Segments, before: Segments): void => {
  const root = document.documentElement
  for (const name in before) root.removeAttribute(ATTRIBUTE + name)
  for (const name in segments) root.setAttribute(ATTRIBUTE + name, segments[name] as string)
  const shown = Object.entries(segments).map(each => each.join(':'))
  for (const element of document.querySelectorAll<HTMLElement>(`[${SHOW}]`)) {
    element.hidden = !(element.getAttribute(SHOW) as string).split(' ').some(word => shown.includes(word))
  }
}
