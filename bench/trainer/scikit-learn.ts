/** scikit-learn in a process of its own, on one thread, asked between our own rounds. */

import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Points } from '../../trainer/cluster/points.ts'

export interface Answer {
  readonly ms: number
  readonly inertia?: number
  readonly mean?: number
  readonly labels?: readonly number[]
  readonly merges?: readonly (readonly [number, number])[]
}

export interface Sklearn {
  readonly version: string
  readonly ask: (what: 'kmeans' | 'silhouette' | 'dbscan' | 'ward', points: Points, more: object) => Promise<Answer>
  readonly stop: () => void
}

/** A distribution's packages are for its own Python, which need not be the first on the path. */
const PYTHONS = ['python3', '/usr/bin/python3']
const one = { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' }

/** Undefined where no Python has scikit-learn. */
export const startSklearn = async (script: string): Promise<Sklearn | undefined> => {
  const python = PYTHONS.find(name => spawnSync(name, ['-c', 'import sklearn']).status === 0)
  if (!python) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'nearside-bench-'))
  const process_ = spawn(python, [script], { env: { ...process.env, ...one }, stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: process_.stdout })[Symbol.asyncIterator]()
  const answer = async <T>(): Promise<T> => {
    const { value, done } = await lines.next()
    if (done) throw new Error('scikit-learn ended early: its lines above say why.')
    return JSON.parse(value) as T
  }
  const files = new Map<Points, string>()
  const { version } = await answer<{ version: string }>()
  return {
    version,
    ask: (what, points, more) => {
      const file = files.get(points) ?? join(folder, `${files.size}.f64`)
      if (!files.has(points)) writeFileSync(file, points.flat)
      files.set(points, file)
      process_.stdin.write(`${JSON.stringify({ do: what, file, n: points.n, d: points.d, ...more })}\n`)
      return answer<Answer>()
    },
    stop: () => {
      process_.stdin.end()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
