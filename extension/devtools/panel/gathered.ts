/** A long text put together without holding anybody up. */

import { SLICE_MS } from './sift.ts'

/** As many lines as are ready within a slice, and then a pause: there may be fifty thousand. */
export const gathered = async (lines: Iterable<string>): Promise<string[]> => {
  const all: string[] = []
  let end = performance.now() + SLICE_MS
  for (const line of lines) {
    all.push(line)
    if (performance.now() < end) continue
    await new Promise(go => setTimeout(go))
    end = performance.now() + SLICE_MS
  }
  return all
}
