/**
 * Sets the returning visitor's segments before the first paint: the one script that a page loads synchronously, or inlines.
 * It reads what the loader wrote and checks it again: personalization granted by the visitor here, not run out. A page that is only
 * being prepared waits until it is looked at; one that wants nothing of us, is sensitive, or has another asked, is left alone.
 */

import { STANDING_KEY } from '../core/standing.ts'
import { ATTRIBUTE } from './personalize.ts'

const page: Document & { prerendering?: boolean } = document
const read = (key: string) => JSON.parse(localStorage[STANDING_KEY + key])

const paint = (): void => {
  try {
    const html = page.documentElement
    const standing = read('')
    const kept = read('-page')
    standing.by ||
      RegExp(kept.needs.no).test((html.dataset.nearsidePage as string) + location) ||
      (standing.decision.personalization[0] &&
        new Date() < new Date(standing.expires) &&
        Object.entries(kept.segments).map(([name, segment]) => html.setAttribute(ATTRIBUTE + name, segment as string)))
  } catch {
    // Nothing stands there, or storage is off: nothing is shown.
  }
}

if (page.prerendering) page.addEventListener('prerenderingchange', paint)
else paint()
