/** Why a model that a site served is not taken. */

export const MODEL_FAULTS = [
  'unreachable',
  'unreadable',
  'unsigned',
  'older',
  'expired',
  'no-log',
  'wrong-root',
  'rewritten',
  'not-logged',
] as const
export type ModelFault = (typeof MODEL_FAULTS)[number]

/** The message is a sentence for whoever publishes models: where, what, and how to mend it. */
export class RefusedModel extends Error {
  constructor(
    readonly why: ModelFault,
    message: string,
  ) {
    super(message)
  }
}

/** Signs that a file may not be the same for everyone. */
export const DIFFERING = ['vary', 'no-store', 'private'] as const
export type Differing = (typeof DIFFERING)[number]

/** How a file travels, and by whom it was asked for from elsewhere, may differ: what it says does not. */
const HARMLESS = /^((accept-encoding|origin)?[\s,]*)*$/i

/** What a response's headers say of that. A cookie that it sets no script can see. */
export const differingIn = (vary: string | null, caching: string | null): Differing[] =>
  DIFFERING.filter(sign => (sign === 'vary' ? !HARMLESS.test(vary ?? '') : caching?.includes(sign)))
