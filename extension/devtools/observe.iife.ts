/** Runs in the page's own world before the page does, while a panel is open: keeps what it sees until it is asked. */

import { type Numbered, observerEnd } from './page/in-page.ts'
import { observe } from './page/observe.ts'
import { quietly } from './page/tell.ts'

/** Told again to a panel that comes later, or was cut off; the oldest go first. */
const MOST_KEPT = 5000

const start = (): void => {
  const end = observerEnd(document)
  if (!end.begin()) return
  let kept: Numbered[] = []
  let i = 0
  let asked = false
  const stop = observe(window, told => {
    const numbered = { i: ++i, told }
    kept.push(numbered)
    if (kept.length > MOST_KEPT) kept = kept.slice(-MOST_KEPT / 2)
    if (asked) end.tell(numbered)
  })
  const deafen = end.serve(after => {
    if (after === undefined) {
      stop()
      deafen()
      return
    }
    asked = true
    for (const each of kept) if (each.i > after) end.tell(each)
  })
}

quietly(start)
