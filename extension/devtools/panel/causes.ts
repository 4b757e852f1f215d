/** What led to a row: the signals behind a change of segment, the batch behind a call. */

import { featuresOf, type Model } from '../../../core/model.ts'
import { concerns } from '../../../core/partial.ts'
import type { Happening } from '../../../core/protocol/devtools.ts'

type Row<W extends Happening['what']> = Extract<Happening, { what: W }>

interface Known {
  readonly rows: readonly Happening[]
  readonly model?: Model | undefined
  changed(row: Happening): readonly string[]
}

const ofChange = (change: Row<'segments'>, { rows, model, changed }: Known): Happening[] => {
  const moved = changed(change)
  const earlier = rows.filter(
    row => row.n < change.n && row.what === 'segments' && changed(row).some(id => moved.includes(id)),
  )
  const since = earlier.at(-1)?.n ?? 0
  const specs = model?.segmentations.flatMap(it => (moved.includes(it.id) ? featuresOf(model, it) : [])) ?? []
  return rows.filter(
    row => row.n > since && row.n < change.n && row.what === 'signal' && specs.some(spec => concerns(spec, row.signal)),
  )
}

const ofBatches = (batches: readonly (readonly [number, number])[], rows: readonly Happening[]): Happening[] =>
  rows.filter(row => row.what === 'signal' && batches.some(([page, n]) => row.page === page && row.batch === n))

/** The rows that led to this one, in order; none where it came of itself. */
export const causesOf = (row: Happening, known: Known): readonly Happening[] => {
  if (row.what === 'segments') return ofChange(row, known)
  if (row.what === 'call') return ofBatches(row.batches ?? [], known.rows)
  if (row.what !== 'answer') return []
  const call = known.rows.find(each => each.what === 'call' && each.id === row.id)
  return call?.what === 'call' ? [call, ...ofBatches(call.batches ?? [], known.rows)] : []
}
