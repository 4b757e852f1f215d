/** What kind of page this is. Its address decides, or the page says so itself; neither is kept. */

import type { Snapshot } from '../../core/config.ts'
import { pageKindOf, SENSITIVE } from '../../core/page.ts'

/** `<meta name="nearside-page" content="product">` or `data-nearside-page="product"` anywhere comes before the patterns, but for sensitive ones. */
export const currentPageKind = (pages: Snapshot['pages']): string => {
  const marked = document.querySelector<HTMLElement & { content?: string }>(
    'meta[name=nearside-page],[data-nearside-page]',
  )
  const kind = pageKindOf(pages, location.pathname)
  return kind === SENSITIVE ? kind : (marked?.dataset.nearsidePage ?? marked?.content ?? kind)
}
