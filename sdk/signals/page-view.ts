/** Follows page views inside a single-page application, without patching any function of the page's. */

interface Navigation extends EventTarget {}

/** Calls `act` whenever the path has changed, or the page came back from the back-forward cache. */
export const startPageViews = (act: () => void): (() => void) => {
  let path = location.pathname
  const look = (): void => {
    if (path === location.pathname) return
    path = location.pathname
    act()
  }
  const onShow = (event: PageTransitionEvent): void => {
    if (event.persisted) act()
  }
  // The Navigation API tells of pushState too; without it, back and forward at least are seen.
  const { navigation } = window as { navigation?: Navigation }
  const [target, event] = navigation ? [navigation, 'currententrychange'] : [window, 'popstate']
  target.addEventListener(event, look)
  addEventListener('pageshow', onShow)
  return () => {
    target.removeEventListener(event, look)
    removeEventListener('pageshow', onShow)
  }
}
