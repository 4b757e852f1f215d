/** The figures as a page, docs/bench.md, and the same lines for a terminal. */

import type { Measure, Summary } from './summary.ts'
import type { Verdict } from './targets.ts'
import { NEARSIDE, NONE, REFUSED, type Variant } from './variants.ts'

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

/** How many times what Nearside takes each peer takes; nothing where one of the two is too small to divide. */
export const ratios = (all: ReadonlyMap<string, Summary>): string => {
  const nearside = all.get(NEARSIDE)
  const peers = [...all].filter(([name]) => ![NONE, NEARSIDE, REFUSED].includes(name))
  if (!nearside || peers.length === 0) return ''
  const compared: Measure[] = ['startTask', 'spaced', 'burst', 'sessionTask', 'sessionProcess', 'requests', 'payload']
  const base = (measure: Measure): number => (measure === 'startTask' ? all.get(REFUSED) : nearside)?.[measure] ?? 0
  const times = (value: number, by: number): string => (by > 0 && value > 0 ? `${(value / by).toFixed(1)} ×` : '–')
  return table(
    ['', ...peers.map(([name]) => name)],
    compared.map(measure => [LABELS[measure][0], ...peers.map(([, it]) => times(it[measure], base(measure)))]),
  )
}

export const verdicts = (list: readonly Verdict[]): string =>
  list
    .map(({ target, found, limit, unit, holds }) => {
      const is = (value: number): string => `${number(value, 2)}${unit && ` ${unit}`}`
      return `- ${holds ? 'holds' : '**missed**'}: ${target}: ${is(found)}, limit ${is(limit)}`
    })
    .join('\n')

export interface Circumstances {
  readonly machine: string
  readonly rounds: number
  readonly sessions: number
  readonly chosen: readonly Variant[]
}

export const page = (
  all: ReadonlyMap<string, Summary>,
  list: readonly Verdict[],
  { machine, rounds, sessions, chosen }: Circumstances,
): string => `# Bench

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}, from ${rounds} rounds and ${sessions} sessions of each.
Machine: ${machine}.

${figures(all)}

All but sizes, bytes stored, requests, payload and what was lost is what comes on top of the same page without any.

## Limits

${verdicts(list)}

## How many times Nearside

${ratios(all)}

Before consent this compares with Nearside's loader where a refusal stands, as the peers show no banner.

## How

- In turn, all of one round before the next; medians. Times are CPU time of the page's main thread, all tasks, by Chromium's
  \`Performance.getMetrics\` with thread ticks: a busy machine lengthens waits, and these hardly. "In scripts" is what Chromium
  counts as running and compiling them, which leaves out what runs when a promise settles; "main thread" has all of it.
- Everything is on this machine: the shop, and one server in the place of all the peers' own and of the collector.
- Each is one classic script, bundled from ${chosen
  .filter(({ version }) => version)
  .map(({ package: name, version }) => `${name} ${version}`)
  .join(', ')}, and started as its documentation says. The tracker of
  umami is the newest that npm has, which is older than umami's own site serves.
- Before consent: a plain page, from its first byte until 1.2 s after its load. Nearside twice: with its banner, and with a
  refusal that stands. The peers do not ask; they have then sent a page view.
- An event by itself: 50, 40 ms apart, less the same waits without events before and after; what that gives for the page
  without any is the noise. In a loop: 1,000 in one task, and all
  that follows. The event is an item put in the cart. Nearside has consent by then; its burst is counted by \`exportData()\`, the
  peers' by what reached the server. PostHog lets ten events a second through, and Chromium at most 64 kB of requests that outlive
  their page: that is what they lose.
- A session: 20 pages of the demo shop with a full navigation each, 36 events, the yes of Nearside's visitor on the first page
  and the banner included. Pages are left after half a second: what a peer gathers for longer leaves with the page. What is
  done while a page goes away is not in the times; what is sent then is in the requests. Requests are all with a body; payload
  is bodies and queries. The 20 pages' own work is a hundred times a tracker's: take the times of a session as rough. The shop's config reports a segment after it has held for 2 s, which is sooner than the default of 10 s.
- Nearside's worker is in "all threads", which is read in steps of 10 ms, and not in the heap.
`
