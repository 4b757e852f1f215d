/** `npm run bench -- store`: what the store costs in the worker, in a real Chromium. Writes its section of docs/bench.md. */

import { readFileSync, writeFileSync } from 'node:fs'
import { arch, availableParallelism, cpus, type } from 'node:os'
import { join } from 'node:path'
import { findRoot } from '../../examples/shop/files.ts'
import { startSite } from '../../test/harness/site.ts'
import { launch } from '../browser.ts'
import { withSection } from '../section.ts'
import { verdicts } from '../tables.ts'
import { measure } from './measure.ts'
import { judgeStore, storeSection } from './section.ts'
import { timed } from './timed-worker.ts'

const root = findRoot(import.meta.dirname)
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

const site = await startSite({
  // All that the bench's browser can reach.
  hostname: '127.0.0.1',
  directories: { '/nearside/': join(root, 'dist/sdk') },
  headers: { 'cache-control': 'max-age=3600' },
  files: {
    '/blank.html': '<!doctype html><title>blank</title>',
    '/nearside/model.json': read('examples/shop/model/model.json'),
    '/nearside/nearside-worker.js': timed(read('dist/sdk/nearside-worker.js')),
  },
})
const browser = await launch()
try {
  const file = { json: read('examples/shop/nearside.json'), url: `${site.origin}/nearside.json` }
  const found = judgeStore(await measure(browser, site.origin, file))
  const limits = verdicts(found)
  const machine = `${availableParallelism()} cores (${cpus()[0]?.model.trim()}), ${type()} ${arch()}, ${await browser.version()}`
  console.log(limits)
  const page = join(root, 'docs/bench.md')
  writeFileSync(page, withSection(readFileSync(page, 'utf8'), storeSection(limits, machine)))
  console.error('bench: the section on the store in docs/bench.md is written')
  process.exitCode = found.every(({ holds }) => holds) ? 0 : 1
} finally {
  await browser.close()
  await site.close()
}
