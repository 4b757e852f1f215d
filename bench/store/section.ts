/** What was found of the store, as a section of docs/bench.md. */

import { median } from '../summary.ts'
import type { Verdict } from '../targets.ts'
import { BATCH, FEW, MANY, type StoreFigures } from './measure.ts'

export const HEADING = '## Store'

const named = (count: number): string => count.toLocaleString('en-US')

/** What a page waits for an account is a second at most; the rest is the worker's own time. */
export const judgeStore = ({ open, openNextDay, ingest, exportWaited }: StoreFigures): Verdict[] =>
  [
    { target: `a start with ${named(FEW)} signals kept`, limit: 30, found: median(open) },
    { target: `the first start of a day with ${named(FEW)} signals kept`, limit: 30, found: median(openNextDay) },
    { target: `${BATCH} signals taken in, encrypted and written`, limit: 10, found: median(ingest) },
    { target: `an account of ${named(MANY)} signals`, limit: 1000, found: median(exportWaited) },
  ].map(it => ({ ...it, unit: 'ms', holds: it.found <= it.limit, hard: true }))

/** @param limits what was found, as lines of a list */
export const storeSection = (limits: string, machine: string): string => `${HEADING}

Written by \`npm run bench -- store\` on ${new Date().toISOString().slice(0, 10)}. Machine: ${machine}.

${limits}

Medians, in the worker, from hearing a call to answering it; the account as the page waits for it, with its way over. The signals came
five at a time, as pages leave them, over 25 days. A start opens the database and the site's own files; the browser has the model in
its cache.
`
