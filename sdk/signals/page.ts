/** What kind of page this is. Its address decides, or the page says so itself; neither is kept. */

import type { Snapshot } from '../../core/config.ts'
import { pageKindOf } from '../../core/page.ts'

/** `<meta name="nearside-page" content="product">` or `data-nearside-page="product"` anywhere comes before the patterns. */
export const currentPageKind = (pages: Snapshot['pages']): string => {
  const marked = document.querySelector('meta[name=nearside-page],[data-nearside-page]')
  return (
    marked?.getAttribute('content') ??
    marked?.getAttribute('data-nearside-page') ??
    pageKindOf(pages, location.pathname)
  )
}
