/** Loads the sources that the needs ask for, after a yes. */

import type { Snapshot } from '../../core/config.ts'
import type { Capture } from '../capture.ts'
import type { Source } from './source.ts'

/** @param url of the chunk that this is part of: sources lie beside it */
export const startSources = (
  { sources, needs }: Snapshot,
  url: string,
  capture: () => Capture | undefined,
  signal: AbortSignal,
  past: boolean,
): void => {
  for (const name of sources) {
    const file = url.replace('session.js', `source-${name}.js`)
    import(/* @vite-ignore */ file)
      .then(({ start }: { start: Source }) => {
        // What has stopped meanwhile takes nothing more.
        const note = (...given: Parameters<Capture['note']>): void => capture()?.note(...given)
        if (!signal.aborted) start(note, signal, { needs, past, park: () => capture()?.park() })
      })
      .catch(() => console.warn(`[nearside] ${file} is not there. Serve it beside nearside.js.`))
  }
}
