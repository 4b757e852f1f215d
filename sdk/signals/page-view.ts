/** Follows page views inside a single-page application, without patching any function of the page's. */

/** Calls `act` whenever the path has changed, or the page came back from the back-forward cache, until `signal` aborts. */
export const startPageViews = (act: () => void, signal: AbortSignal): void => {
  let path = location.pathname
  const look = (): void => {
    const before = path
    path = location.pathname
    if (path !== before) act()
  }
  // The Navigation API tells of pushState too; without it, back and forward at least are seen.
  const { navigation } = window as { navigation?: EventTarget }
  navigation?.addEventListener('currententrychange', look, { signal })
  addEventListener('popstate', look, { signal })
  addEventListener('pageshow', ({ persisted }) => persisted && act(), { signal })
}
