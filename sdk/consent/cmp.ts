/** What a consent manager on the page is to us: somebody who says what was granted, in its own words. One chunk for each. */

export interface Said {
  /** All that it has granted, as it calls them. */
  readonly words: readonly string[]
  /** Its word is that nobody in this region objected. */
  readonly region?: string | undefined
}

/** Hears what can be read of it now: undefined while the visitor has not answered yet. What cannot be read is a no. */
export type Tell = (read: () => Said | undefined) => void

export type Listen = (tell: Tell) => void

/** Often at first; a manager that never comes is looked for ever more seldom. */
const FIRST_LOOK_MS = 50

/** Once the page has such a thing, however late: nothing of it is touched before. */
export const whenThere = <T>(name: string, act: (it: T) => void, wait = FIRST_LOOK_MS): void => {
  const it = (window as unknown as { readonly [name: string]: T | undefined })[name]
  if (it) act(it)
  else setTimeout(whenThere, wait, name, act, wait * 2)
}
