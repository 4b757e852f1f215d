/** Runs them all, in turn and in rounds, and writes down what came out. */

import { join } from 'node:path'
import { findRoot } from '../examples/shop/files.ts'
import { launch } from './browser.ts'
import { bundlePeers } from './bundle.ts'
import { startSink } from './sink.ts'
import { startStand } from './stand.ts'
import { session } from './session.ts'
import { variants } from './variants.ts'
import { visit } from './visit.ts'
const root = findRoot(import.meta.dirname)
const scripts = await bundlePeers(join(root, 'bench/peers'), variants.filter(v => v.package).map(v => v.name))
const sink = await startSink()
const browser = await launch()

const stands = await Promise.all(variants.map(v => startStand(root, v, scripts, sink.origin)))
for (let r = 0; r < 5; r++) for (const [i, v] of variants.entries()) {
  const f = await visit(browser, stands[i]!.origin, v, sink)
  console.log(v.name, f.startScript.toFixed(2), f.startTask.toFixed(2), 'sp', (f.spaced / 50 * 1000).toFixed(1), 'b', f.burst.toFixed(2), f.lost, f.longTasks, f.heapStart, f.heapAfter)
}
for (const stand of stands) await stand.stop()
await browser.close()
await sink.stop()
