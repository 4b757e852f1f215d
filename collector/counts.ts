/** Counts as they are published: grouped, dated, and without the small ones. */

import { dateOf, type Epoch } from '../core/epoch.ts'
import type { CountGroup } from '../view/counts.ts'
import { span } from '../view/format.ts'
import { firstOpen } from './tally/open-epochs.ts'
import type { Cell } from './tally/tally.ts'

/** Fewer devices than this are not told apart from none. */
export const MINIMUM_SIZE = 10

export interface PublishedGroup extends CountGroup {
  /** First and last day of the epoch, UTC. */
  readonly from: string
  readonly until: string
}

const keyOf = (it: Cell): string => [it.epoch, it.segmentation, it.model, it.notice].join('|')

/**
 * `total` sums what is published, so that nothing withheld can be found by subtraction.
 * @param cells of one site
 */
export const publish = (cells: readonly Cell[], minimumSize: number, now: number): PublishedGroup[] => {
  const groups = new Map<string, Cell[]>()
  for (const cell of cells) groups.set(keyOf(cell), [...(groups.get(keyOf(cell)) ?? []), cell])
  return [...groups.values()].map(group => {
    const { epoch, segmentation, model, notice } = group[0] as Cell
    const shown = group.filter(cell => cell.count >= minimumSize)
    const [from, until] = span(epoch)
    return {
      epoch,
      from: dateOf(from),
      until: dateOf(until),
      closed: epoch < firstOpen(now),
      segmentation,
      model,
      notice,
      counts: shown.map(({ segment, count }) => ({ segment, count })),
      total: shown.reduce((sum, cell) => sum + cell.count, 0),
      withheld: group.length - shown.length,
    }
  })
}

/** `?epoch=`: absent, a number, or refused. */
export const parseEpoch = (text: string | undefined): Epoch | undefined | null =>
  text === undefined ? undefined : /^\d{1,5}$/.test(text) ? (Number(text) as Epoch) : null
