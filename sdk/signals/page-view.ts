/** Follows page views inside a single-page application, without patching any function of the page's. */

import { currentMark, currentRoute } from './page.ts'

/** How long an application may take to show what it has gone to: past a second a visitor has seen something else. */
const RENDER_MS = 1000

const markNow = (): [Element | null, string | undefined] => {
  const mark = currentMark()
  return [mark, mark?.dataset.nearsidePage ?? mark?.content]
}

/**
 * Calls `act` for each view after the first, until `signal` aborts. The address changes before the view does, so where the page
 * marks its kind, the mark is waited for: the old view's would name the new one wrongly.
 * @param route of the view that was noted last
 * @param check is called first where the page comes back from the back-forward cache: it heard of nothing meanwhile
 * @param rest is called last where the page goes: Firefox keeps it with its worker stopped in the middle of whatever that does, and
 * for as long as that holds the database no other page reads or writes
 */
export const startPageViews = (
  act: () => void,
  park: () => void,
  route: string,
  check: () => void,
  rest: () => void,
  signal: AbortSignal,
): void => {
  let mark = markNow()
  let timer: ReturnType<typeof setTimeout> | undefined

  const settle = (): void => {
    if (!timer) return
    clearTimeout(timer)
    timer = undefined
    rendering.disconnect()
    if (signal.aborted) return
    mark = markNow()
    act()
  }
  const rendering = new MutationObserver(() => {
    const now = markNow()
    if (now.some((it, i) => it !== mark[i])) settle()
  })
  const look = (): void => {
    const before = route
    route = currentRoute()
    if (route === before) return
    settle()
    timer = setTimeout(settle, RENDER_MS)
    if (mark[0])
      rendering.observe(document, {
        childList: true,
        subtree: true,
        attributeFilter: ['content', 'data-nearside-page'],
      })
    else settle()
  }
  // The Navigation API tells of pushState too; without it, back and forward at least are seen.
  const { navigation } = window as { navigation?: EventTarget }
  navigation?.addEventListener('currententrychange', look, { signal })
  for (const event of ['popstate', 'hashchange']) addEventListener(event, look, { signal })
  addEventListener(
    'pageshow',
    ({ persisted }) => {
      if (!persisted) return
      check()
      if (signal.aborted) return
      act()
      // At once, so that a worker is there whatever is asked of it next.
      park()
    },
    { signal },
  )
  // A view that ends before it was rendered was one all the same.
  addEventListener(
    'pagehide',
    () => {
      settle()
      park()
      // Which comes next: whatever else listens has had its say by then.
      addEventListener('visibilitychange', rest, { once: true, signal })
    },
    { signal },
  )
  signal.addEventListener('abort', settle)
  look()
}
