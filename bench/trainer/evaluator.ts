/** What a device takes to work a propensity out: a hundred trees of fifteen leaves, with the reasons and without. */

import { assign } from '../../core/assign.ts'
import type { FeatureSpec } from '../../core/feature.ts'
import type { Model } from '../../core/model.ts'
import { probabilityOf, scoreOf } from '../../core/propensity.ts'
import type { PropensitySegmentation, SegmentId } from '../../core/segmentation.ts'
import { type Points, rowsOf } from '../../trainer/cluster/points.ts'
import { boost } from '../../trainer/predict/boost.ts'
import { seeded } from '../../trainer/random.ts'
import { median } from '../summary.ts'
import type { Row } from './measure.ts'

/** Raw numbers as a device counts them. */
const UNIT = 1000
const LEAST = 50

const likely = (raws: readonly (readonly number[])[], d: number): { model: Model; it: PropensitySegmentation } => {
  const random = seeded(7)
  const features: FeatureSpec[] = Array.from({ length: d }, (_, i) => ({
    ...{ name: `f${i}`, kind: 'page_dwell', aggregate: 'sum', field: 'ms', window: 'session' },
  }))
  const columns = features.map((_, i) => Float64Array.from(raws, row => row[i] as number))
  const yes = Uint8Array.from(raws, row => Number((row[0] as number) > (row[1] as number) * (0.5 + random())))
  const it: PropensitySegmentation = {
    ...{ kind: 'propensity', id: 'likely', label: 'How likely?', uses: ['offer'], bands: [0.2, 0.5] },
    segments: [0, 1, 2, 3].map(i => ({ id: `p${i}` as SegmentId, label: `${i}`, description: `${i}` })),
    features: features.map(({ name }) => name),
    typical: columns.map(column => column.slice().sort()[column.length >> 1] as number),
    predictor: boost({ columns, yes }, { least: LEAST }),
  }
  return { model: { features, segmentations: [it] } as unknown as Model, it }
}

export const measureEvaluator = (points: Points, rounds: number): Row[] => {
  const rows = rowsOf(points)
  const least = points.flat.reduce((a, b) => Math.min(a, b))
  const raws = rows.map(row => row.map(x => Math.round((x - least) * UNIT)))
  const { model, it } = likely(raws, points.d)
  const timed = (what: string, act: (row: readonly number[]) => number): Row => {
    let said = 0
    const times = Array.from({ length: rounds + 1 }, () => {
      const { user, system } = process.cpuUsage()
      for (const row of raws) said += act(row)
      const spent = process.cpuUsage({ user, system })
      return (spent.user + spent.system) / 1000
    }).slice(1)
    const ours = median(times)
    if (!(said > 0)) throw new Error('nothing is likely')
    const each = `${((ours * 1000) / raws.length).toFixed(1)} us a vector`
    return { what, ours, note: `100 trees of 15 leaves, ${each}` }
  }
  const size = `${points.n.toLocaleString('en-US')} x ${points.d}`
  return [
    timed(`propensities, ${size}`, row => probabilityOf(scoreOf(it.predictor, model.features, row))),
    timed(`propensities with reasons, ${size}`, row => assign(model, it, row).probability ?? 0),
  ]
}
