/** `npm run bench -- consent`: our banner beside others. Writes its section of docs/bench.md. */

import { readFileSync, writeFileSync } from 'node:fs'
import { arch, availableParallelism, cpus, type } from 'node:os'
import { join } from 'node:path'
import { findRoot } from '../../examples/shop/files.ts'
import { startSite } from '../../test/harness/site.ts'
import { launch } from '../browser.ts'
import { withSection } from '../section.ts'
import { verdicts } from '../tables.ts'
import { type BannerFigures, measureBanners, type Stand } from './measure.ts'
import { bannerSection, judgeBanners } from './section.ts'
import { contentsOf, pagesFor, TOOLS, type Tool } from './tools.ts'

const ROUNDS = 11
const root = findRoot(import.meta.dirname)
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const inPeers = (path: string): string => read(join('bench/peers/node_modules', path))
const rounds = Number(/--rounds=(\d+)/.exec(process.argv.join(' '))?.[1] ?? ROUNDS)

const browser = await launch()
try {
  const axe = read('node_modules/axe-core/axe.min.js')
  const stand = async (tool: Tool): Promise<Stand> => {
    const site = await startSite({
      // All that the bench's browser can reach.
      hostname: '127.0.0.1',
      directories: { '/nearside/': join(root, 'dist/sdk') },
      files: {
        '/nearside.json': read('examples/shop/nearside.json'),
        ...pagesFor(tool),
        ...contentsOf(tool, inPeers),
      },
    })
    const { version } = JSON.parse(tool.package ? inPeers(`${tool.package}/package.json`) : read('package.json'))
    return { tool, version, origin: site.origin, close: site.close }
  }
  const stands = await Promise.all(TOOLS.map(stand))
  const all: readonly BannerFigures[] = await measureBanners(browser, stands, axe, rounds)
  await Promise.all(stands.map(it => it.close()))
  const found = judgeBanners(all)
  const limits = verdicts(found)
  console.log(JSON.stringify(all), `\n${limits}`)
  if (rounds >= ROUNDS) {
    const machine = `${availableParallelism()} cores (${cpus()[0]?.model.trim()}), ${type()} ${arch()}, ${await browser.version()}`
    const page = join(root, 'docs/bench.md')
    writeFileSync(page, withSection(readFileSync(page, 'utf8'), bannerSection(all, limits, machine, rounds)))
    console.error('bench: the section on banners in docs/bench.md is written')
  } else console.error(`bench: docs/bench.md stays as it is: it takes ${ROUNDS} rounds`)
  process.exitCode = found.every(({ holds }) => holds) ? 0 : 1
} finally {
  await browser.close()
}
