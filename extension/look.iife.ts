/** Injected into the page's isolated world on the visitor's click. Only the extension's own scripts see what it leaves there. */

import type { Answer, Request } from './request.ts'
import { perform } from './site/act.ts'
import { makeChange } from './site/change.ts'
import { checkLogs } from './site/check.ts'
import { look } from './site/look.ts'

declare global {
  /** Absent until the script is injected. */
  var nearsideVisitor: ((request: Request) => Promise<Answer>) | undefined
}

/** Answers null where the page is not the one that the visitor was shown. */
globalThis.nearsideVisitor = async request => {
  if (request.origin !== location.origin) return null
  const now = Date.now()
  switch (request.ask) {
    case 'look':
      return look(now)
    case 'withdraw':
    case 'erase':
      return perform(request.ask, now)
    case 'check':
      return checkLogs(request.seen)
    default:
      return makeChange(request, now)
  }
}
