/** What was found of banners, as a section of docs/bench.md. */

import { median } from '../summary.ts'
import type { Verdict } from '../targets.ts'
import type { BannerFigures } from './measure.ts'

export const HEADING = '## Banners'

const ms = (values: readonly number[]): string => median(values).toFixed(0)
const kb = (bytes: number): string => (bytes / 1000).toFixed(1)

type Row = readonly [what: string, cell: (it: BannerFigures) => string]
const ROWS: readonly Row[] = [
  ['kB of scripts and styles, brotli, first layer', it => kb(it.firstBytes)],
  ['kB, both layers', it => kb(it.bytes)],
  ['kB besides, to show what would be sent', it => kb(it.besides)],
  ['script, ms', it => ms(it.script)],
  ['all of the main thread, ms', it => ms(it.task)],
  ['tasks longer than 50 ms', it => ms(it.long)],
  ['seen after the first paint, ms', it => ms(it.visible)],
  ['seen after the page is asked for, ms', it => ms(it.there)],
  ['nodes, first layer', it => String(it.nodes)],
  ['nodes left after a refusal', it => String(it.nodesLeft)],
  ['axe, first / second layer', it => it.axe.join(' / ')],
  ['accept over reject, in size', it => it.sizeRatio.toFixed(2)],
  ['accept and reject look alike', it => (it.alike ? 'yes' : 'no')],
  ['violations under a strict policy with Trusted Types', it => String(it.violations)],
  ['shown under it', it => (it.shown ? 'yes' : 'no')],
]

const table = (all: readonly BannerFigures[]): string =>
  [
    `| | ${all.map(({ name, version }) => `${name} ${version}`).join(' | ')} |`,
    `|---|${all.map(() => '---|').join('')}`,
    ...ROWS.map(([what, cell]) => `| ${what} | ${all.map(cell).join(' | ')} |`),
  ].join('\n')

/** Limits of our own, and for each row that no other does better. */
export const judgeBanners = ([own, ...others]: readonly BannerFigures[]): Verdict[] => {
  if (!own) return []
  const peers = others.filter(({ aside }) => !aside)
  const limits = [
    { target: 'script of the banner at a quarter of the speed', limit: 30, found: median(own.script), unit: 'ms' },
    { target: 'tasks of the banner longer than 50 ms', limit: 0, found: median(own.long), unit: '' },
    { target: 'nodes of the first layer', limit: 15, found: own.nodes, unit: '' },
    { target: 'axe faults', limit: 0, found: own.axe[0] + own.axe[1], unit: '' },
    { target: 'violations under a strict policy', limit: 0, found: own.violations, unit: '' },
  ]
  const best = (of: (it: BannerFigures) => number): number => Math.min(...peers.map(of))
  const beside = [
    {
      target: 'bytes of both layers, beside the least of the others',
      limit: best(it => it.bytes),
      found: own.bytes,
      unit: 'B',
    },
    { target: 'script, beside the least', limit: best(it => median(it.script)), found: median(own.script), unit: 'ms' },
    {
      target: 'all of the main thread, beside the least',
      limit: best(it => median(it.task)),
      found: median(own.task),
      unit: 'ms',
    },
    { target: 'nodes, beside the fewest', limit: best(it => it.nodes), found: own.nodes, unit: '' },
    { target: 'nodes left, beside the fewest', limit: best(it => it.nodesLeft), found: own.nodesLeft, unit: '' },
    {
      target: 'seen after the first paint, beside the soonest',
      limit: best(it => median(it.visible)),
      found: median(own.visible),
      unit: 'ms',
    },
    {
      target: 'seen after the page is asked for, beside the soonest',
      limit: best(it => median(it.there)),
      found: median(own.there),
      unit: 'ms',
    },
  ]
  return [...limits, ...beside].map(it => ({ ...it, holds: it.found <= it.limit, hard: true }))
}

export const bannerSection = (
  all: readonly BannerFigures[],
  limits: string,
  machine: string,
  rounds: number,
): string => `${HEADING}

Written by \`npm run bench -- consent\` on ${new Date().toISOString().slice(0, 10)}. Machine: ${machine}.

${table(all)}

${limits}

Each as its own documentation sets it up, in English, with five things to choose (Nearside: two purposes and two kinds), on a page with one
heading; Nearside with the two lines of docs/install.md that fetch the banner early, and without. Script is what Chromium counts as running
and compiling scripts on the main thread, which leaves out what runs when a promise settles; all of the main thread has that too, style
and layout included. Both less the same page's without a banner, at a quarter of the speed; medians of ${rounds}, all of one round before the next. A banner is
looked for where something in the page has changed, so that looking makes no frames of its own. Bytes are those of the files that were fetched; configs are left out. Axe's rules: WCAG 2.2 A and AA and best practice. The strict
policy is \`script-src 'self'; style-src 'self'; require-trusted-types-for 'script'\`; two seconds, first layer only.
`
