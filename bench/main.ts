/** `npm run bench`: measures them in turn, round by round, and writes docs/bench.md. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { arch, availableParallelism, cpus, type } from 'node:os'
import { join } from 'node:path'
import { findRoot } from '../examples/shop/files.ts'
import { HEADING as BANNERS } from './banners/section.ts'
import { launch } from './browser.ts'
import { bundlePeers, packed } from './bundle.ts'
import { HELP, type Options, parseOptions } from './options.ts'
import { page } from './page.ts'
import { HEADING as POPUP } from './popup/section.ts'
import { sectionIn, withSection } from './section.ts'
import { session } from './session.ts'
import { startSink } from './sink.ts'
import { sizesIn } from './sizes.ts'
import { startStand } from './stand.ts'
import { HEADING as STORE } from './store/section.ts'
import { type Measured, summarise } from './summary.ts'
import { figures, ratios, verdicts } from './tables.ts'
import { judge } from './targets.ts'
import { HEADING as TRAINER } from './trainer/section.ts'
import { variants, withVersion } from './variants.ts'
import { visit } from './visit.ts'

/** Fewer make no median to write down. */
const ROUNDS_TO_WRITE = 11

const root = findRoot(import.meta.dirname)
const peers = join(root, 'bench/peers')

/** Runs everything. @returns what was measured, and the browser's name */
const measure = async ({ rounds, sessions, chosen }: Options) => {
  const scripts = await bundlePeers(
    peers,
    chosen.filter(variant => variant.package).map(({ name }) => name),
  )
  const sizeOf = (file: string): number => packed(scripts[`/${file}`] ?? readFileSync(join(root, 'dist/sdk', file)))
  const sink = await startSink()
  const entries = await Promise.all(
    chosen.map(async given => {
      const variant = withVersion(given, peers)
      const stand = await startStand(root, variant, scripts, sink.origin)
      const size = variant.files.reduce((sum, file) => sum + sizeOf(file), 0)
      const measured: Measured = { name: variant.name, version: variant.version, size, visits: [], sessions: [] }
      return { variant, stand, measured }
    }),
  )
  const browser = await launch()
  try {
    for (let round = 0; round < rounds; round++) {
      console.error(`bench: round ${round + 1} of ${rounds}`)
      // Another begins each time: the first of a round finds the machine as the last one left it.
      const order = entries
        .map((_, index) => entries[(index + round) % entries.length])
        .filter(entry => entry !== undefined)
      for (const { variant, stand, measured } of order) {
        measured.visits.push(await visit(browser, stand.origin, variant, sink))
        if (round < sessions && !variant.refused)
          measured.sessions.push(await session(browser, stand.origin, variant, sink))
      }
    }
    return { all: entries.map(({ measured }) => measured), version: await browser.version() }
  } finally {
    await browser.close()
    await Promise.all([sink.stop(), ...entries.map(({ stand }) => stand.stop())])
  }
}

const bench = async (options: Options): Promise<number> => {
  const files = sizesIn(join(root, 'dist/sdk'))
  const { all, version } = await measure(options)
  const summary = summarise(all)
  const found = judge(summary)
  const machine = `${availableParallelism()} cores (${cpus()[0]?.model.trim()}), ${type()} ${arch()}, ${version}`
  if (options.json) console.log(JSON.stringify({ machine, variants: all, verdicts: found }))
  else console.log([figures(summary), ratios(summary), verdicts(found)].join('\n\n'))
  if (options.chosen.length === variants.length && options.rounds >= ROUNDS_TO_WRITE) {
    const chosen = options.chosen.map(variant => withVersion(variant, peers))
    const path = join(root, 'docs/bench.md')
    const text = page(summary, found, { ...options, chosen, machine, files })
    // What the other commands have written there stays.
    const before = existsSync(path) ? readFileSync(path, 'utf8') : ''
    writeFileSync(
      path,
      [STORE, BANNERS, TRAINER, POPUP].reduce((page, heading) => withSection(page, sectionIn(before, heading)), text),
    )
    console.error('bench: docs/bench.md is written')
  } else console.error(`bench: docs/bench.md stays as it is: it takes ${ROUNDS_TO_WRITE} rounds of all of them`)
  return found.some(({ hard, holds }) => hard && !holds) ? 1 : 0
}

const options = parseOptions(process.argv.slice(2))
if (options) process.exitCode = await bench(options)
else console.log(HELP)
