/** One Nearside a page, as `window.nearside`, whoever starts it. */

import type { Nearside, On, Options } from './api.ts'
import { createNearside } from './nearside.ts'

/** What the documented stub leaves behind: calls that were made before there was anything to call. */
interface Stub {
  readonly q?: readonly (readonly ['on', ...Parameters<On>] | readonly ['openPrivacyCenter'])[]
}

/** Starts Nearside as `window.nearside`. A second copy on the page, of the tag or the package, is given the first. */
export const startNearside = (options: Options): Nearside => {
  const page = window as { nearside?: (Stub & { segments?: undefined }) | Nearside }
  const before = page.nearside
  if (before?.segments?.call) return before
  const nearside = createNearside(options)
  page.nearside = nearside
  // A signal has no place among them: before this script nothing may be noted, and refused it is.
  ;(before as Stub)?.q?.forEach?.(([verb, ...given]) => (nearside[verb] as (...given: unknown[]) => void)(...given))
  return nearside
}
