/** All that the panel has been told, in order: the rows of the stream, and what stood when. */

import type { Happening, Link, News, State, What } from '../../../core/protocol/devtools.ts'

/** Rows kept: hours of a busy page. What is older goes, a little at a time. */
export const MOST_ROWS = 50_000
const DROPPED_AT_ONCE = 1000
/** States kept for an export: what stood before the last few is told by the stream. */
const MOST_STATES = 20

export interface Log {
  rows(): readonly Happening[]
  /** The latest; undefined until one has come. */
  state(): State | undefined
  states(): readonly State[]
  link(): Link
  /** The segmentations whose segment this row has changed. */
  changed(row: Happening): readonly string[]
  find(n: number): Happening | undefined
  /** How many of a kind have come since all was cleared. */
  count(what: What): number
  /** Counts the times that rows were removed: whoever has gone through them begins again. */
  generation(): number
  hear(news: News): void
  clear(): void
  /** Forgets all of it, as if nothing had been told. */
  reset(): void
  /** Whether rows of earlier pages stay when another is loaded. */
  preserve(yes: boolean): void
}

/** By number: rows are in order. */
const placeOf = (rows: readonly Happening[], n: number): number => {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle] as Happening).n < n) low = middle + 1
    else high = middle
  }
  return low
}

/** @param changes told after each news */
export const createLog = (changes: () => void): Log => {
  let rows: Happening[] = []
  let states: State[] = []
  let link: Link = 'joining'
  let generation = 0
  let preserved = true
  let segments: { readonly [segmentation: string]: string } = {}
  const changed = new Map<number, readonly string[]>()
  const counts = new Map<What, number>()

  const clear = (): void => {
    rows = []
    changed.clear()
    counts.clear()
    generation++
  }

  const add = (row: Happening): void => {
    const last = rows.at(-1)
    // A carrier that comes back tells again what it has told.
    if (last && row.n <= last.n && row.load === last.load) return
    if (row.what === 'load' && !preserved) clear()
    if (row.what === 'segments') {
      const names = [...new Set([...Object.keys(segments), ...Object.keys(row.segments)])]
      changed.set(
        row.n,
        names.filter(name => row.segments[name] !== segments[name]),
      )
      segments = row.segments
    }
    rows.push(row)
    counts.set(row.what, (counts.get(row.what) ?? 0) + 1)
    if (rows.length <= MOST_ROWS + DROPPED_AT_ONCE) return
    for (const { n } of rows.splice(0, DROPPED_AT_ONCE)) changed.delete(n)
    generation++
  }

  return {
    rows: () => rows,
    state: () => states.at(-1),
    states: () => states,
    link: () => link,
    changed: row => changed.get(row.n) ?? [],
    find: n => {
      const row = rows[placeOf(rows, n)]
      return row?.n === n ? row : undefined
    },
    count: what => counts.get(what) ?? 0,
    generation: () => generation,
    hear: news => {
      if (news.news === 'happening') add(news.happening)
      else if (news.news === 'state') states = [...states, news.state].slice(-MOST_STATES)
      else link = news.link
      changes()
    },
    clear: () => {
      clear()
      changes()
    },
    reset: () => {
      clear()
      states = []
      segments = {}
      link = 'joining'
      changes()
    },
    preserve: yes => {
      preserved = yes
    },
  }
}
