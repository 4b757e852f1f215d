/** `<script async src=".../nearside.js" data-config="/nearside.json">`: starts Nearside as `window.nearside`. */

import { startNearside } from './start.ts'
import { warn } from './warn.ts'

try {
  const script = document.currentScript as HTMLScriptElement
  startNearside({ config: script.dataset.config ?? '/nearside.json', base: script.src })
} catch (error) {
  warn(error)
}
