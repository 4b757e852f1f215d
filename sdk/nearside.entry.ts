/** `<script async src=".../nearside.js" data-config="/nearside.json">`: starts Nearside as `window.nearside`. */

import type { Nearside, On } from './api.ts'
import { startNearside } from './nearside.ts'

/** What the documented stub leaves behind: calls that were made before this script arrived. */
interface Stub {
  readonly q?: readonly (readonly ['on', ...Parameters<On>] | readonly ['openPrivacyCenter'])[]
}

const page = window as { nearside?: Stub | Nearside }
const script = document.currentScript as HTMLScriptElement
const before = page.nearside ?? {}

// A second copy of the tag is one too many.
if (!('segments' in before)) {
  const nearside = startNearside({ config: script.dataset.config ?? '/nearside.json', base: script.src })
  page.nearside = nearside
  // A signal has no place among them: before this script nothing may be noted, and refused it is.
  for (const [verb, ...given] of (before as Stub).q ?? []) (nearside[verb] as (...given: unknown[]) => void)(...given)
}
