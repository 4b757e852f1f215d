/** Follows a page that changes after it was loaded: its views, and what is shown in it. Loaded after a yes. */

import type { On, Segments } from './api.ts'
import { attempt } from './attempt.ts'
import type { Capture } from './capture.ts'
import { painted, personalize } from './personalize.ts'
import { startPageViews } from './signals/page-view.ts'
import { startTemplates } from './templates.ts'

/**
 * Until the capture stops.
 * @param check looks whether the decision still stands, and stops the capture where it does not
 * @param exposed the segments that the page may be shown
 * @param rest ends the worker; what is noted next starts another
 */
export const follow = (
  { view, park, route, ended }: Capture,
  check: () => void,
  on: On,
  exposed: () => Segments | undefined,
  rest: () => void,
): void => {
  let shown = painted()
  const show = (): void => {
    personalize(exposed() ?? {}, shown)
    shown = exposed() ?? {}
  }
  show()
  // Stopped while this was on its way: nothing is left to show.
  if (ended.aborted) return
  const end = on('segments', () => attempt(show))
  startPageViews(view, park, route, check, rest, ended)
  startTemplates(ended)
  ended.addEventListener('abort', () =>
    attempt(() => {
      end()
      personalize({}, shown)
    }),
  )
}
