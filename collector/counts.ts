/** Counts as they are published: of epochs that are over, grouped, dated, and without the small ones. */

import { dateOf, type Epoch } from '../core/epoch.ts'
import { type Model, modelId } from '../core/model.ts'
import { estimateShare } from '../core/randomised-response.ts'
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

export interface Terms {
  readonly minimumSize: number
  /** Counts of an epoch that is still open as well: who looks twice may see a single device arrive. */
  readonly open: boolean
  /** What estimates need: how many segments a randomised answer could name. */
  readonly models: readonly Model[]
}

const keyOf = (it: Cell): string => [it.epoch, it.segmentation, it.model, it.notice, it.arm, it.epsilon].join('|')

interface Row {
  readonly segment: string
  readonly count: number
  readonly within?: number
  /** What the threshold is applied to: of an estimate, the least that it may well be. */
  readonly least: number
}

/** Devices that are left out, as far as a sum would tell them: of estimates, that are noised, it tells of nobody. */
const hidden = (rows: readonly Row[]): number =>
  rows.reduce((sum, { count, within }) => sum + (within === undefined ? count : Infinity), 0)

/**
 * Leaves out what is too small. Where that is one alone, or too few devices together, the smallest of the others go as well: a sum
 * that is known from elsewhere, such as another question to the same devices, would tell them by subtraction.
 */
const withhold = (rows: readonly Row[], minimumSize: number): Row[] => {
  const shown = rows.filter(({ least }) => least >= minimumSize)
  const left = rows.filter(({ least }) => least < minimumSize)
  const bySize = [...shown].sort((a, b) => a.count - b.count)
  while (bySize.length && left.length && (left.length === 1 || hidden(left) < minimumSize))
    left.push(bySize.shift() as Row)
  return shown.filter(it => !left.includes(it))
}

const exactly = (cells: readonly Cell[]): Row[] => cells.map(({ segment, count }) => ({ segment, count, least: count }))

/** Devices in each segment as their noised answers tell it: as computed, even where that is less than none. */
const estimated = (cells: readonly Cell[], segments: readonly string[]): Row[] => {
  const told = cells.filter(({ segment }) => segments.includes(segment))
  const answers = told.reduce((sum, { count }) => sum + count, 0)
  const { epsilon } = cells[0] as Cell
  return segments.map(segment => {
    const count = told.find(it => it.segment === segment)?.count ?? 0
    const { share, within } = estimateShare(count, answers, epsilon, segments.length)
    const devices = share * answers
    return { segment, count: devices, within: within * answers, least: devices - within * answers }
  })
}

const segmentsOf = ({ model, segmentation }: Cell, models: readonly Model[]): readonly string[] | undefined =>
  models
    .find(it => modelId(it) === model)
    ?.segmentations.find(({ id }) => id === segmentation)
    ?.segments.map(({ id }) => id)

const groupOf = (cells: readonly Cell[], { minimumSize, models }: Terms, now: number): PublishedGroup => {
  const { epoch, segmentation, model, notice, arm, epsilon } = cells[0] as Cell
  const segments = epsilon ? segmentsOf(cells[0] as Cell, models) : undefined
  // Noised answers without their model are so many answers, and nothing can be said of anybody's segment.
  const rows = segments ? estimated(cells, segments) : epsilon ? [] : exactly(cells)
  const shown = withhold(rows, minimumSize)
  const [from, until] = span(epoch)
  const answers = cells.reduce((sum, { count }) => sum + count, 0)
  return {
    epoch,
    from: dateOf(from),
    until: dateOf(until),
    closed: epoch < firstOpen(now),
    segmentation,
    model,
    notice,
    ...(arm ? { arm } : {}),
    ...(epsilon ? { epsilon, answers: answers >= minimumSize ? answers : 0 } : {}),
    counts: shown.map(({ segment, count, within }) => ({
      segment,
      count,
      ...(within === undefined ? {} : { within }),
    })),
    total: shown.reduce((sum, { count }) => sum + count, 0),
    withheld: rows.length - shown.length,
  }
}

/**
 * `total` sums what is published, so that nothing withheld can be found by subtraction.
 * @param cells of one site
 * @param now milliseconds since 1970
 */
export const publish = (cells: readonly Cell[], terms: Terms, now: number): PublishedGroup[] => {
  const groups = new Map<string, Cell[]>()
  for (const cell of cells) {
    if (!terms.open && cell.epoch >= firstOpen(now)) continue
    groups.set(keyOf(cell), [...(groups.get(keyOf(cell)) ?? []), cell])
  }
  return [...groups.values()].map(group => groupOf(group, terms, now))
}

/** `?epoch=`: absent, a number, or refused. */
export const parseEpoch = (text: string | undefined): Epoch | undefined | null =>
  text === undefined ? undefined : /^\d{1,5}$/.test(text) ? (Number(text) as Epoch) : null
