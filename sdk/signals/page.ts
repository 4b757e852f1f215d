/** What kind of page this is. Its address decides, or the page says so itself; neither is kept. */

import type { Snapshot } from '../../core/config.ts'
import { pageKindOf, SENSITIVE } from '../../core/page.ts'

/** What of an address makes a view of its own: the path, and the one behind `#/` or `#!/` where an application routes by that. */
export const currentRoute = (): string => location.pathname + (/^#!?\/[^?]*/.exec(location.hash) ?? '')

/** What the page calls itself: `<meta name="nearside-page" content="product">`, or `data-nearside-page="product"` on any element. */
export const currentMark = (): (HTMLElement & { content?: string }) | null =>
  document.querySelector('[name=nearside-page],[data-nearside-page]')

/** The page's own word comes before the patterns, but for sensitive ones. */
export const currentPageKind = (known?: Pick<Snapshot, 'pages'>): string => {
  const marked = currentMark()
  const kind = pageKindOf(known?.pages ?? [], currentRoute())
  return kind === SENSITIVE ? kind : (marked?.dataset.nearsidePage ?? marked?.content ?? kind)
}
