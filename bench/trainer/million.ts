/** A million points in a process of its own, to see how much memory that takes. */

import { spawnSync } from 'node:child_process'
import { engineOf } from '../../trainer/cluster/engine.ts'
import { load } from '../../trainer/kernels/loaded.ts'
import { seeded } from '../../trainer/random.ts'
import { clouds } from './points.ts'

const [N, D, K] = [1_000_000, 17, 8]

export interface Million {
  readonly ms: number
  readonly iterations: number
  /** Most memory that the process ever held, points and all, in MB. */
  readonly mb: number
}

/** Runs in the child. */
export const clusterMillion = (): Million => {
  const points = clouds(N, D, K)
  const begun = process.cpuUsage()
  const engine = engineOf(load(points), 'simd')
  const { iterations } = engine.fit(engine.starts(K, seeded(1)))
  const { user, system } = process.cpuUsage(begun)
  return { ms: (user + system) / 1000, iterations, mb: process.resourceUsage().maxRSS / 1024 }
}

export const MILLION = '--million'

export const measureMillion = (script: string): Million => {
  const { stdout, status } = spawnSync(process.execPath, [script, MILLION], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (status !== 0) throw new Error('A million points were too many: see above.')
  return JSON.parse(stdout) as Million
}
