/** The figures as tables, for a terminal and for docs/bench.md. */

import type { FileSize } from './sizes.ts'
import type { Measure, Summary } from './summary.ts'
import type { Verdict } from './targets.ts'
import { NEARSIDE, NONE, REFUSED } from './variants.ts'

const LABELS: { readonly [M in Measure]: readonly [label: string, digits: number] } = {
  size: ['bytes before consent, brotli', 0],
  startTask: ['before consent, main thread, ms', 1],
  startScript: ['– of it in scripts, ms', 1],
  stored: ['stored before consent, B', 0],
  heapStart: ['JavaScript heap then, kB', 0],
  spaced: ['an event by itself, us', 0],
  burst: ['an event in a loop of 1,000, us', 1],
  heapAfter: ['heap after 1,050 events, kB', 0],
  longTasks: ['long tasks added', 0],
  lost: ['lost of a burst of 1,000', 0],
  sessionTask: ['session, main thread, ms', 0],
  sessionScript: ['– of it in scripts, ms', 0],
  sessionProcess: ['– all threads, ms', 0],
  requests: ['session, requests', 0],
  payload: ['session, payload, B', 0],
}

const number = (value: number, digits: number): string =>
  Number.isNaN(value) ? '–' : (Number(value.toFixed(digits)) + 0).toLocaleString('en-US')

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map((_, column) => (column ? '---:' : '---'))), ...rows.map(row)].join('\n')

const entries = Object.entries(LABELS) as [Measure, readonly [string, number]][]

export const figures = (all: ReadonlyMap<string, Summary>): string =>
  table(
    ['', ...all.keys()],
    entries.map(([measure, [label, digits]]) => [label, ...[...all.values()].map(it => number(it[measure], digits))]),
  )

/** Before consent; the peers show no banner, so the loader alone is what stands beside them. */
const BEFORE: ReadonlySet<Measure> = new Set(['size', 'startTask', 'startScript', 'heapStart'])
const COMPARED: readonly Measure[] = [
  ...BEFORE,
  'spaced',
  'burst',
  'heapAfter',
  'sessionTask',
  'sessionScript',
  'sessionProcess',
  'requests',
  'payload',
]

/** How many times what Nearside takes each peer takes; nothing where one of the two is too small to divide. */
export const ratios = (all: ReadonlyMap<string, Summary>): string => {
  const nearside = all.get(NEARSIDE)
  const peers = [...all].filter(([name]) => ![NONE, NEARSIDE, REFUSED].includes(name))
  if (!nearside || peers.length === 0) return ''
  const base = (measure: Measure): number => (BEFORE.has(measure) ? all.get(REFUSED) : nearside)?.[measure] ?? 0
  const times = (value: number, by: number): string => (by > 0 && value > 0 ? `${(value / by).toFixed(1)} ×` : '–')
  return table(
    ['', ...peers.map(([name]) => name)],
    COMPARED.map(measure => [LABELS[measure][0], ...peers.map(([, it]) => times(it[measure], base(measure)))]),
  )
}

export const verdicts = (list: readonly Verdict[]): string =>
  list
    .map(({ target, found, limit, unit, holds, because }) => {
      const is = (value: number): string => `${number(value, 2)}${unit && ` ${unit}`}`
      const why = holds || !because ? '' : `. ${because}`
      return `- ${holds ? 'holds' : '**missed**'}: ${target}: ${is(found)}, limit ${is(limit)}${why}`
    })
    .join('\n')

/** Bytes of every file of Nearside's. */
export const sizes = (files: readonly FileSize[]): string =>
  table(
    ['', 'bytes', 'brotli'],
    files.map(({ file, bytes, brotli }) => [file, number(bytes, 0), number(brotli, 0)]),
  )
