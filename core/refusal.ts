/** What was not taken, while something was granted: how often and why, never what it was. */

export const REFUSALS = [
  'denied',
  'unneeded',
  'sensitive-page',
  'looks-personal',
  'free-text',
  'too-long',
  'invalid',
] as const
export type Refusal = (typeof REFUSALS)[number]

/** How often signals were refused, by reason. */
export type Refusals = { readonly [R in Refusal]?: number }

/** More than anybody wants to know: there it stays. */
export const MOST_REFUSALS = 1_000_000

/** Adds counts that a page told; what is no such count is passed over. */
export const addRefusals = (before: Refusals, told: unknown): Refusals => {
  const made: { [R in Refusal]?: number } = { ...before }
  for (const reason of REFUSALS) {
    const n = (told as Refusals | null | undefined)?.[reason]
    if (Number.isSafeInteger(n) && (n as number) > 0)
      made[reason] = Math.min(MOST_REFUSALS, (made[reason] ?? 0) + (n as number))
  }
  return made
}
