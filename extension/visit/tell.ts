/** The way from a page's isolated world to the background. Without the polyfill: this is on every page that the visitor lets us on. */

import type { Told } from '../told.ts'

interface Api {
  readonly runtime: { sendMessage(told: Told): Promise<unknown> }
  readonly extension?: { readonly inIncognitoContext?: boolean }
}

const api = (): Api => {
  const { browser, chrome } = globalThis as unknown as { browser?: Api; chrome: Api }
  return browser ?? chrome
}

/** A background that is ended in the middle answers nothing; told again, it is started again. */
const TRIES = 3

/** @returns the answer; undefined where nobody answers: the extension was updated or removed while the page stayed open */
export const tell = async (told: Told): Promise<unknown> => {
  for (let tried = 0; tried < TRIES; tried++) {
    const answer = await api()
      .runtime.sendMessage(told)
      .catch(() => undefined)
    if (answer !== undefined && answer !== null) return answer
  }
  return undefined
}

/** What a private window does is nobody's to write down, and what is deleted there was not what was meant. */
export const isIncognito = (): boolean => api().extension?.inIncognitoContext === true
