/** Runs in the page's isolated world while a panel is open. */

import { startRelay } from './page/relay.ts'

declare global {
  /** While one is there: the script may be put there twice. */
  var nearsideRelay: true | undefined
}

if (!globalThis.nearsideRelay) {
  globalThis.nearsideRelay = true
  startRelay(() => {
    globalThis.nearsideRelay = undefined
  })
}
