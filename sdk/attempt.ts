/** For what may fail because of the page, which may have replaced, emptied or switched off anything. */

/** What `act` answers; undefined where it throws, once `otherwise` has heard why. */
export const attempt = <T>(act: () => T, otherwise?: (error: unknown) => void): T | undefined => {
  try {
    return act()
  } catch (error) {
    otherwise?.(error)
  }
}
