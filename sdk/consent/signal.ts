/** The opt-out signal of the visitor's browser, and what an explicit choice says of it. */

import type { Decision } from '../../core/decision.ts'

/** Global Privacy Control, https://w3c.github.io/gpc/: nothing may be sold or shared. */
export const optedOut = (): boolean | undefined =>
  (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl

/**
 * What a choice that the visitor made here by name carries beside its grants: made with the signal on, it overrules it. Where another
 * consent manager has the say, what that had said by then: only when it says something else does this choice end.
 */
export const explicit = (before?: Decision): Pick<Decision, 'gpc' | 'by'> => ({
  gpc: optedOut() || undefined,
  by: (before?.by as number) >= 0 ? before?.by : undefined,
})
