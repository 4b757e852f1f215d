/**
 * Sets the returning visitor's segments before the first paint: the one script that a page loads synchronously, or inlines.
 * It reads what the loader wrote and checks it again: personalization granted, not run out. A page that is only being prepared
 * waits until it is looked at.
 */

const paint = (): void => {
  try {
    const { decision, expires } = JSON.parse(localStorage.nearside ?? '{}')
    if (decision?.personalization?.length && new Date().toISOString() < expires) {
      const { segments } = JSON.parse(localStorage['nearside-page'])
      for (const name of Object.keys(segments))
        document.documentElement.setAttribute(`data-nearside-${name}`, segments[name])
    }
  } catch {
    // Nothing stands there, or storage is off: nothing is shown.
  }
}

if ((document as { prerendering?: boolean }).prerendering) document.addEventListener('prerenderingchange', paint)
else paint()

export {}
