/** Injected into the page's isolated world on the visitor's click. Only the extension's own scripts see what it leaves there. */

import type { Account, Request, Sight } from './sight.ts'
import { perform } from './site/act.ts'
import { look } from './site/look.ts'

declare global {
  /** Absent until the script is injected. */
  var nearsideVisitor: ((request: Request) => Promise<Sight | Account | null>) | undefined
}

/** Answers null where the page is not the one that the visitor was shown. */
globalThis.nearsideVisitor = async request => {
  if (request.ask === 'look') return look(Date.now())
  return request.origin === location.origin ? perform(request.ask, Date.now()) : null
}
