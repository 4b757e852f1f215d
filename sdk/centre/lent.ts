/** What the page lends to the centre: what is kept, and what may be done about it. */

import type { AccessDocument } from '../../core/access.ts'
import type { Correction } from '../../core/correction.ts'
import type { Decision } from '../../core/decision.ts'
import type { ConfigFile, Done } from '../../core/protocol/session.ts'
import { isGrant } from '../../core/standing.ts'
import type { Scope } from '../api.ts'
import type { showBanner } from '../banner/banner.ts'
import { explicit } from '../consent/signal.ts'
import { readDecision, writeDecision } from '../key.ts'
import type * as Rights from '../rights.entry.ts'
import { openTheirs } from './their-window.ts'

export interface Lent {
  /** Absent where the site's config could not be had. */
  readonly file: ConfigFile | undefined
  /** The one in force now. */
  decision(): Decision | undefined
  /** Null where nothing is granted. */
  exportData(): Promise<AccessDocument | null>
  correct(correction: Correction): Promise<Done | null>
  erase(scope: Scope): Promise<Done | null>
  /** Everything, the decision too. */
  eraseAll(): Promise<void>
  withdraw(): Promise<void>
  pause(paused: boolean): Promise<void>
  /** Opens the banner's second layer, or the window of whoever else asks. */
  choices(): Promise<void>
}

/** The rights that the page has for it; what is seldom asked of a page comes in one chunk. */
export type Verbs = Pick<typeof Rights, 'exportData' | 'correct' | 'erase' | 'pause'>

/** @param hand the page's, as it was when the centre was asked for: the decision is read anew for each act */
export const lentBy = ([file, , ...rest]: Rights.Hand, { exportData, correct, erase, pause }: Verbs): Lent => {
  const [, , choose, reread, guard, , , consent] = rest
  const decision = (): Decision | undefined => (consent() ? readDecision() : undefined)
  const hand = (): Rights.Hand => [file, decision(), ...rest]
  const deny = (): Promise<void> => choose({ grants: {}, means: 'centre', by: explicit(decision()).by })
  return {
    file,
    decision,
    exportData: () => exportData(hand()),
    correct: given => correct(hand(), given),
    erase: scope => erase(hand(), scope),
    eraseAll: async () => {
      await deny()
      // Another tab may have granted meanwhile.
      if (isGrant(readDecision())) return
      writeDecision()
      reread()
    },
    withdraw: deny,
    pause: paused => pause(hand(), paused),
    choices: async () => {
      if (!file || openTheirs(file)) return
      const url = import.meta.url.replace('centre', 'banner')
      const banner: { showBanner: typeof showBanner } = await import(/* @vite-ignore */ url)
      banner.showBanner(file, decision()?.grants ?? {}, true, choose, guard)
    },
  }
}
