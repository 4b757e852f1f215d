/** How much of a page was seen: noted once a view, as it ends, and again where a visitor comes back and goes further. */

import type { Source } from './source.ts'

export const start: Source = (note, signal, { park }) => {
  let path = location.pathname
  let deepest = 0
  let noted = 0

  const look = (): void => {
    const seen = Math.round(((scrollY + innerHeight) / document.documentElement.scrollHeight) * 100)
    deepest = Math.max(deepest, Math.min(seen, 100))
  }
  const tell = (): void => {
    look()
    if (deepest <= noted) return
    noted = deepest
    note('scroll_depth', { percent: noted })
    park()
  }
  const begin = (): void => {
    deepest = noted = 0
  }

  addEventListener('scroll', look, { passive: true, signal })
  // Before the page goes, and before an application shows its next view.
  for (const event of ['visibilitychange', 'pagehide'])
    addEventListener(event, () => (document.hidden || event === 'pagehide') && tell(), { capture: true, signal })
  const { navigation } = window as { navigation?: EventTarget }
  navigation?.addEventListener('navigate', tell, { signal })
  navigation?.addEventListener(
    'currententrychange',
    () => {
      if (path !== location.pathname) begin()
      path = location.pathname
    },
    { signal },
  )
  addEventListener('pageshow', begin, { signal })
}
