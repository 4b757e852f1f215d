// What the DevTools panel remembers: in order, told once, and no more than it may.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Happening } from '../../core/protocol/devtools.ts'
import { parseFilter } from '../../extension/devtools/panel/filter.ts'
import { createLog, type Log, MOST_ROWS } from '../../extension/devtools/panel/log.ts'
import { createSift, SLICE_MS } from '../../extension/devtools/panel/sift.ts'
import { count } from '../harness/size.ts'

const RUNS = count(5000, 200)

const row = (n: number, load = 1): Happening => ({ what: 'ping', news: n, n, at: n, load })
const tell = (log: Log, ...rows: readonly Happening[]): void => {
  for (const happening of rows) log.hear({ news: 'happening', happening })
}
const logOf = (...rows: readonly Happening[]): Log => {
  const log = createLog(() => {})
  tell(log, ...rows)
  return log
}
const load = (n: number, page: number): Happening => ({ what: 'load', path: '/', early: true, n, at: n, load: page })
const everything = parseFilter('', { changed: () => [], causes: () => new Set() })

describe('the panel’s log', () => {
  it('keeps rows over a navigation, or begins anew with each page where that is wished', () => {
    const kept = logOf(load(1, 1), row(2), load(3, 2), row(4, 2))
    expect(kept.rows().map(({ n }) => n)).toEqual([1, 2, 3, 4])
    const anew = createLog(() => {})
    anew.preserve(false)
    tell(anew, load(1, 1), row(2), load(3, 2), row(4, 2))
    expect(anew.rows().map(({ n }) => n)).toEqual([3, 4])
  })

  it('takes nothing twice from a carrier that comes back and tells it all again', () => {
    const all = [load(1, 1), row(2), row(3)]
    const log = logOf(...all, ...all, row(4))
    expect(log.rows().map(({ n }) => n)).toEqual([1, 2, 3, 4])
  })

  it('lets the oldest rows go, and finds those that are left by their numbers', () => {
    const log = createLog(() => {})
    for (let n = 1; n <= MOST_ROWS + 3000; n++) tell(log, row(n))
    expect(log.rows().length).toBeLessThanOrEqual(MOST_ROWS + 1000)
    expect(log.find(1)).toBeUndefined()
    expect(log.find(MOST_ROWS)).toMatchObject({ n: MOST_ROWS })
  })

  it('knows which segments a row has changed', () => {
    const segments = (n: number, visit: string): Happening => ({
      what: 'segments',
      segments: { visit, intent: 'i2' },
      n,
      at: n,
      load: 1,
    })
    const all = [segments(1, 'v1'), segments(2, 'v1'), segments(3, 'v2')]
    const log = logOf(...all)
    expect(all.map(log.changed)).toEqual([['visit', 'intent'], [], ['visit']])
  })
})

describe('going through the rows', () => {
  it('never goes on for longer than a slice, and comes to the same rows however often it is interrupted', () => {
    fc.assert(
      fc.property(fc.nat(3000), fc.integer({ min: 1, max: 20 }), (size, ms) => {
        const log = createLog(() => {})
        for (let n = 1; n <= size; n++) tell(log, row(n))
        let now = 0
        // So many milliseconds go by between two looks at the clock.
        const sift = createSift(log, everything, Infinity, () => {
          now += ms
          return now
        })
        let more = true
        while (more) {
          const [before, from] = [sift.found.length, now]
          more = sift.step()
          expect(now - from).toBeLessThanOrEqual(SLICE_MS + 2 * ms)
          if (more) expect(sift.found.length).toBeGreaterThan(before)
        }
        expect(sift.found).toEqual(log.rows())
      }),
      { numRuns: RUNS },
    )
  })

  it('looks no further than where it was paused, and begins again after rows have gone', () => {
    const log = logOf(row(1), row(2), row(3))
    const paused = createSift(log, everything, 2)
    while (paused.step());
    expect(paused.found.map(({ n }) => n)).toEqual([1, 2])
    const sift = createSift(log, everything)
    while (sift.step());
    log.clear()
    tell(log, row(4))
    while (sift.step());
    expect(sift.found.map(({ n }) => n)).toEqual([4])
  })
})
