// How much a test does, from what seed, and where a soak writes its figures.
import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** `npm test` is modest; `npm run soak` runs the same bodies at the counts that were promised. */
export const size: 'modest' | 'soak' = process.env.NEARSIDE_SIZE === 'soak' ? 'soak' : 'modest'

/** A 31-bit integer, printed at the start of every run: NEARSIDE_SEED brings a run back. */
export const seed: number = Number(process.env.NEARSIDE_SEED ?? 1)

export const count = (soakCount: number, modestCount: number): number => (size === 'soak' ? soakCount : modestCount)

const cache = join(import.meta.dirname, '../../.cache')

/** One row of docs/evidence.md: the promise, its figure with a unit or a few words, and out of how many. Only a soak writes it. */
export const record = (promise: string, value: number | string, unit = '', of?: number): void => {
  if (size !== 'soak') return
  mkdirSync(cache, { recursive: true })
  appendFileSync(join(cache, 'figures.jsonl'), `${JSON.stringify({ promise, value, unit, count: of })}\n`)
}
