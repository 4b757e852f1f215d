/** The rights that change what is kept: the visitor's word on it, and deleting a part. */

import type { Answers, Done } from '../core/protocol/session.ts'
import type { Draft } from './changes.ts'
import { correct } from './correct.ts'
import { remove } from './remove.ts'
import type { Hand, Rights } from './rights.ts'

/** What cannot be done is said, not thrown: the page that asked must not suffer. */
const done = async (hand: Hand, act: (draft: Draft, rights: Rights) => Promise<number>): Promise<Done> => {
  let told: Done = { count: 0, refused: 'nothing is granted' }
  await hand.advance(async (draft, work) => {
    try {
      const count = await act(draft, { work, now: hand.now })
      told = { count }
      // What is set right shows at once.
      delete draft.state.since
      return count > 0
    } catch (error) {
      told = { count: 0, refused: (error as Error).message }
      return false
    }
  })
  return told
}

/** Apart from the rest, which nobody but the site's own worker needs. */
export const SETTING_RIGHT: {
  readonly [V in 'correct' | 'erase']: (hand: Hand, given: unknown) => Promise<Answers[V]>
} = {
  correct: (hand, given) =>
    done(hand, async (draft, rights) => {
      await correct(draft, given, rights)
      return 1
    }),

  erase: (hand, given) => done(hand, (draft, rights) => remove(draft, given, rights)),
}
