/** docs/bench.md: the tables, and how they came about. */

import type { FileSize } from './sizes.ts'
import type { Summary } from './summary.ts'
import { figures, ratios, sizes, verdicts } from './tables.ts'
import type { Verdict } from './targets.ts'
import type { Variant } from './variants.ts'

export interface Circumstances {
  readonly machine: string
  readonly rounds: number
  readonly sessions: number
  readonly chosen: readonly Variant[]
  readonly files: readonly FileSize[]
}

export const page = (
  all: ReadonlyMap<string, Summary>,
  list: readonly Verdict[],
  { machine, rounds, sessions, chosen, files }: Circumstances,
): string => `# Bench

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}, from ${rounds} rounds and ${sessions} sessions of each.
Machine: ${machine}.

${figures(all)}

All but sizes, bytes stored, requests, payload and what was lost is what comes on top of the same page without any.

## Limits

${verdicts(list)}

## How many times Nearside

${ratios(all)}

Up to consent this compares with Nearside's loader where a refusal stands, as the peers show no banner.

## Files

${sizes(files)}

\`nearside.js\` is loaded by each page, the banner where nothing was answered, and the session and the worker after a yes. A source is
loaded only where \`needs\` names it. Their limits are in \`test/sizes.test.ts\`.

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
- An event by itself: 50, 40 ms apart, less the mean of the same waits without events before and after; what that gives for the page
  without any is the noise. In a loop: 1,000 in one task, and all that follows. The event is an item put in the cart. Nearside has consent by then; its burst is counted by \`exportData()\`, the
  peers' by what reached the server. PostHog lets ten events a second through, and Chromium at most 64 kB of requests that outlive
  their page: that is what they lose.
- A session: 20 pages of the demo shop with a full navigation each, 36 events, the yes of Nearside's visitor on the first page
  and the banner included. Pages are left after half a second: what a peer gathers for longer leaves with the page. What is
  done while a page goes away is not in the times; what is sent then is in the requests. Requests are all with a body; payload
  is bodies and queries. The 20 pages' own work is a hundred times a tracker's: take the times of a session as rough. The shop's config reports a segment after it has held for 2 s, which is sooner than the default of 10 s.
- Nearside's worker is in "all threads", which is read in steps of 10 ms, and not in the heap.
`
