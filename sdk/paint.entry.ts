/**
 * Sets the returning visitor's segments before the first paint: the one script that a page loads synchronously, or inlines.
 * It reads what the loader wrote and checks it again: personalization granted by the visitor here, not run out. A page that is only
 * being prepared waits until it is looked at; one that wants nothing of us, says that it is sensitive, or has another asked, is left alone.
 */

const page: Document & { prerendering?: boolean } = document
const read = (key: string) => JSON.parse(localStorage[`nearside${key}`])

const paint = (): void => {
  try {
    const html = page.documentElement
    const { decision, by, expires } = read('')
    if (
      !by &&
      !/off|sen/.test(html.dataset.nearsidePage as string) &&
      decision.personalization?.[0] &&
      new Date() < new Date(expires)
    )
      for (const [name, segment] of Object.entries(read('-page').segments))
        html.setAttribute(`data-nearside-${name}`, segment as string)
  } catch {
    // Nothing stands there, or storage is off: nothing is shown.
  }
}

if (page.prerendering) page.addEventListener('prerenderingchange', paint)
else paint()

export {}
