/** What the trainer's parts take, in turn with what others take for the same. */

import { UMAP } from 'umap-js'
import { adjustedRand } from '../../trainer/cluster/criteria.ts'
import { dbscan } from '../../trainer/cluster/dbscan.ts'
import { engineOf } from '../../trainer/cluster/engine.ts'
import { bestFit, kmeans } from '../../trainer/cluster/kmeans.ts'
import { type Points, partOf, rowsOf } from '../../trainer/cluster/points.ts'
import { createSilhouette } from '../../trainer/cluster/silhouette.ts'
import { ward } from '../../trainer/cluster/ward.ts'
import { load } from '../../trainer/kernels/loaded.ts'
import { mapsOf } from '../../trainer/maps/maps.ts'
import type { Place } from '../../trainer/maps/place.ts'
import { trustworthiness } from '../../trainer/maps/trustworthiness.ts'
import { sample, seeded } from '../../trainer/random.ts'
import { median } from '../summary.ts'
import { measureEvaluator } from './evaluator.ts'
import { clouds } from './points.ts'
import type { Sklearn } from './scikit-learn.ts'

/** CPU milliseconds of this process: a busy machine lengthens waits, and these hardly. */
const cpu = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

const timed = <T>(act: () => T): readonly [made: T, ms: number] => {
  const begun = cpu()
  const made = act()
  return [made, cpu() - begun]
}

/** Medians, in CPU milliseconds; a peer that was not there or not asked is absent. */
export interface Row {
  readonly what: string
  readonly ours: number
  readonly mlKmeans?: number
  readonly sklearn?: number
  readonly umapJs?: number
  /** What is to be said of it. */
  readonly note: string
}

const RANGE = [2, 3, 4, 5, 6, 7, 8, 9, 10]
const CASES = [
  [12_000, 17, 8],
  [100_000, 17, 8],
  [100_000, 32, 16],
] as const

const named = (count: number): string => count.toLocaleString('en-US')

/** All engines from the same starts, on points made ready before. */
const oneFit = async ([n, d, k]: (typeof CASES)[number], rounds: number, peer: Sklearn | undefined): Promise<Row> => {
  const points = clouds(n, d, k)
  const [loaded, ready] = timed(() => load(points))
  const [ours, theirs] = [engineOf(loaded, 'simd'), engineOf(loaded, 'reference')]
  const starts = ours.starts(k, seeded(1))
  const times: { ours: number; ml: number; sk: number }[] = []
  const said = new Set<string>()
  // The first round warms up: compilers are part of neither.
  for (let round = 0; round <= rounds; round++) {
    const [fit, own] = timed(() => ours.fit(starts))
    const [other, ml] = timed(() => theirs.fit(starts))
    const sk = await peer?.ask('kmeans', points, { starts })
    if (round) times.push({ ours: own, ml, sk: sk?.ms ?? Number.NaN })
    const equal = fit.labels.every((label, i) => label === other.labels[i]) && fit.inertia === other.inertia
    said.add(equal ? 'equal to ml-kmeans to the bit' : 'NOT EQUAL to ml-kmeans')
    if (sk?.labels)
      said.add(
        `ARI ${adjustedRand(fit.labels, sk.labels).toFixed(4)} with scikit-learn, inertia within ${Math.abs((sk.inertia ?? 0) / fit.inertia - 1).toExponential(0)}`,
      )
    said.add(`${fit.iterations} iterations`)
  }
  const of = (which: 'ours' | 'ml' | 'sk'): number => median(times.map(each => each[which]))
  return {
    what: `K-Means, ${named(n)} x ${d}, k = ${k}`,
    ours: of('ours'),
    mlKmeans: of('ml'),
    ...(peer ? { sklearn: of('sk') } : {}),
    note: [...said, `made ready once in ${ready.toFixed(0)} ms`].join('; '),
  }
}

/** Ours in rounds, the peer's answer once a round. */
const beside = async <T>(
  what: string,
  rounds: number,
  act: () => T,
  ask: (() => Promise<{ ms: number; agrees: boolean }>) | undefined,
  note = '',
): Promise<Row> => {
  const [own, other]: [number[], number[]] = [[], []]
  let agrees = true
  for (let round = 0; round <= rounds; round++) {
    const [, ms] = timed(act)
    const answer = await ask?.()
    agrees &&= answer?.agrees ?? true
    if (round) own.push(ms)
    if (round && answer) other.push(answer.ms)
  }
  const said = [
    ...(ask ? [agrees ? 'equal to scikit-learn' : 'NOT EQUAL to scikit-learn'] : []),
    ...(note ? [note] : []),
  ]
  return { what, ours: median(own), ...(ask ? { sklearn: median(other) } : {}), note: said.join('; ') }
}

const same = (a: ArrayLike<number>, b: readonly number[] = []): boolean =>
  a.length === b.length && b.every((x, i) => x === a[i])

const maps = (points: Points): Row[] => {
  const { rows, maps: drawn } = mapsOf(points, 1)
  const [, all] = timed(() => mapsOf(points, 1))
  const part = partOf(points, rows)
  const [theirs, ms] = timed(() => new UMAP({ random: seeded(1) }).fit(rowsOf(part)) as unknown as Place[])
  const trust = drawn.map(map => `${map.kind} ${map.trustworthiness.toFixed(4)}`).join(', ')
  return [
    {
      what: `all three maps of ${named(rows.length)} rows`,
      ours: all,
      umapJs: ms,
      note: `trustworthiness ${trust}; of umap-js, which draws one of them, ${trustworthiness(part, theirs).toFixed(4)}`,
    },
  ]
}

export const measureTrainer = async (
  visits: Points,
  rounds: number,
  peer: Sklearn | undefined,
  log: (line: string) => void,
): Promise<Row[]> => {
  const rows: Row[] = []
  const add = async (row: Promise<Row> | Row): Promise<void> => {
    rows.push(await row)
    log(rows.at(-1)?.what ?? '')
  }
  for (const each of CASES) await add(oneFit(each, rounds, peer))
  const loaded = load(visits)
  const range = { seed: 1, restarts: 20, minimumSize: 50, engine: 'auto', place: 'bench' } as const
  const size = `${named(visits.n)} x ${visits.d}`
  await add(
    beside(
      `k = 2 to 10, 20 restarts each, ${size}`,
      rounds,
      () => RANGE.map(k => bestFit(engineOf(loaded, 'simd'), k, range)),
      undefined,
    ),
  )
  await add(
    beside(`the same with every criterion, ${size}`, 1, () => kmeans(visits, { ...range, ks: RANGE }), undefined),
  )
  const { labels } = bestFit(engineOf(loaded, 'simd'), 5, range)
  const silhouette = createSilhouette(loaded, 5)
  const exact = () => silhouette(labels, 5, seeded(1)).mean
  await add(
    beside(
      `exact silhouette, ${size}`,
      rounds,
      exact,
      peer &&
        (async () => {
          const { ms, mean } = await peer.ask('silhouette', visits, { labels: [...labels] })
          return { ms, agrees: Math.abs((mean ?? 0) - exact()) < 1e-6 }
        }),
      'within 1e-6',
    ),
  )
  const density = { radius: 1.2, neighbours: 20 }
  await add(
    beside(
      `DBSCAN, ${size}`,
      rounds,
      () => dbscan(loaded, density),
      peer &&
        (async () => {
          const { ms, labels: theirs } = await peer.ask('dbscan', visits, density)
          return { ms, agrees: same(dbscan(loaded, density), theirs) }
        }),
    ),
  )
  const rowsOfTree = sample(
    Array.from({ length: visits.n }, (_, i) => i),
    2000,
    seeded(3),
  )
  const few = partOf(visits, rowsOfTree)
  const merges = ward(few).flatMap(({ left, right }) => [left, right])
  await add(
    beside(
      `Ward, 2,000 x ${visits.d}`,
      rounds,
      () => ward(few),
      peer &&
        (async () => {
          const { ms, merges: theirs } = await peer.ask('ward', few, {})
          return { ms, agrees: same(merges, theirs?.flat()) }
        }),
    ),
  )
  for (const row of maps(visits)) await add(row)
  for (const row of measureEvaluator(visits, rounds)) await add(row)
  return rows
}
