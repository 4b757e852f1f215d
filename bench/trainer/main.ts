/** `npm run bench -- trainer`: what clustering costs, beside others. Writes its section of docs/bench.md. */

import { readFileSync, writeFileSync } from 'node:fs'
import { arch, availableParallelism, cpus, type } from 'node:os'
import { join } from 'node:path'
import { findRoot } from '../../examples/shop/files.ts'
import { withSection } from '../section.ts'
import { verdicts } from '../tables.ts'
import { measureTrainer } from './measure.ts'
import { clusterMillion, MILLION, measureMillion } from './million.ts'
import { visits } from './points.ts'
import { startSklearn } from './scikit-learn.ts'
import { judgeTrainer, trainerSection, trainerTable } from './section.ts'

const ROUNDS = 5

const bench = async (): Promise<number> => {
  const root = findRoot(import.meta.dirname)
  const versionOf = (name: string): string =>
    `${name} ${JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version}`
  const peer = await startSklearn(join(root, 'bench/trainer/scikit-learn.py'))
  if (!peer) console.error('bench: no python3 here has scikit-learn, so it is left out')
  const { name, points } = visits(root)
  try {
    const rows = await measureTrainer(points, ROUNDS, peer, line => console.error(`bench: ${line}`))
    const million = measureMillion(process.argv[1] as string)
    const found = judgeTrainer(rows, million)
    const [table, limits] = [trainerTable(rows), verdicts(found)]
    console.log([table, limits].join('\n\n'))
    const machine = `${availableParallelism()} cores (${cpus()[0]?.model.trim()}), ${type()} ${arch()}, Node ${process.version}`
    const sklearn = peer ? ` and scikit-learn ${peer.version}` : ''
    const peers = `${versionOf('ml-kmeans')}, ${versionOf('umap-js')}${sklearn}`
    const page = join(root, 'docs/bench.md')
    const section = trainerSection(table, limits, million, { machine, peers, data: name, rounds: ROUNDS })
    writeFileSync(page, withSection(readFileSync(page, 'utf8'), section))
    console.error('bench: the section on the trainer in docs/bench.md is written')
    return found.some(({ hard, holds }) => hard && !holds) ? 1 : 0
  } finally {
    peer?.stop()
  }
}

if (process.argv.includes(MILLION)) console.log(JSON.stringify(clusterMillion()))
else process.exitCode = await bench()
