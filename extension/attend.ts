/** What the extension's own pages ask of its background. */

import browser from 'webextension-polyfill'

/** Bring about what is written down. */
export const ATTEND = { ask: 'attend' } as const

/** A worker that is ended in the middle of it is started again by being asked again. */
const TRIES = 3

/** Has the background bring about what is written down; done when it has. */
export const attend = async (): Promise<void> => {
  for (let tried = 1; ; tried++) {
    try {
      // `true` from a background that has done it: one that is ended answers nothing at all.
      if ((await browser.runtime.sendMessage(ATTEND)) === true) return
    } catch (error) {
      if (tried === TRIES) throw error
    }
    if (tried === TRIES) throw new Error('the background does not answer')
  }
}
