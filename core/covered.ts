/** Does one set of needs hold all of another? Then a change from the one to the other asks nobody again, and nothing is missing. */

import type { Need } from './needs.ts'

/** Did what was noted by the old need hold all that the new one asks for? */
export const isCovered = (need: Need, before: Need | undefined): boolean =>
  before !== undefined &&
  need.fields.every(field => before.fields.includes(field)) &&
  Object.entries(before.words ?? {}).every(([field, words]) => need.words?.[field]?.every(it => words.includes(it)))

/** The same of all, and for no other reasons than visitors were told. */
export const areCovered = (needs: readonly Need[], before: readonly Need[]): boolean =>
  needs.every(need => {
    const told = before.find(({ kind }) => kind === need.kind)
    return isCovered(need, told) && need.features.every(feature => told?.features.includes(feature))
  })
