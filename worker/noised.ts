/** Makes a private report: what is told is drawn, what it costs is kept, and beyond the budget nothing new is said. */

import { type Answer, answer, LIFETIME_EPSILON, NOTHING_SPENT } from '../core/budget.ts'
import type { Config } from '../core/config.ts'
import { draw } from '../core/draw.ts'
import type { Epoch } from '../core/epoch.ts'
import { type Model, modelId } from '../core/model.ts'
import type { Cipher, Random } from '../core/ports.ts'
import { deriveToken, printPrivateReport } from '../core/private-report.ts'
import type { Arm } from '../core/report.ts'
import type { Segmentation, SegmentId } from '../core/segmentation.ts'
import type { DeviceState, ReportState } from '../store/state.ts'
import type { Draft } from './changes.ts'
import { enqueue, type ReportSettings } from './reporter.ts'

export interface Making {
  readonly config: Config
  readonly model: Model
  readonly cipher: Pick<Cipher, 'mac'>
  readonly settings: ReportSettings
  /** The week it is about. */
  readonly epoch: Epoch
  readonly arm?: Arm | undefined
}

/** Which question this device answers, where each answers one: drawn by its own key, the same as long as they are asked. */
const drawn = async ({ config, cipher, model, settings }: Omit<Making, 'epoch'>): Promise<string | undefined> => {
  if (!settings.answerOne) return undefined
  const asked = model.segmentations.flatMap(({ id }) => (settings.noised?.[id] === undefined ? [] : [id])).sort()
  // Uneven by less than one in a hundred million; it says which question, and nothing of the answer.
  return asked[Math.floor((await draw(cipher, 'question', config.site, ...asked)) * asked.length)]
}

export interface Noised extends Pick<Answer, 'budget' | 'cost' | 'stale'> {
  readonly body: string
}

/** The report of this epoch, byte for byte; undefined where this device answers another question. Writes nothing. */
export const makeNoised = async (
  { budget = NOTHING_SPENT }: Pick<DeviceState, 'budget'>,
  it: Segmentation,
  truth: SegmentId,
  epsilon: number,
  making: Making,
): Promise<Noised | undefined> => {
  const { config, model, cipher, settings, epoch, arm } = making
  const only = await drawn(making)
  if (only !== undefined && only !== it.id) return undefined
  const site = config.site
  const segments = it.segments.map(({ id }) => id)
  const most = settings.budget ?? LIFETIME_EPSILON
  const ask = { site, segmentation: it.id, segments, epsilon, truth, most }
  const { segment, ...told } = await answer(cipher, budget, ask)
  const token = await deriveToken(cipher, site, it.id, epoch)
  const body = printPrivateReport({
    v: 1,
    site,
    model: modelId(model),
    epoch,
    segmentation: it.id,
    segment,
    epsilon,
    token,
    notice: config.notice,
    ...(arm ? { arm } : {}),
  })
  return { ...told, body }
}

/** Queues the one report of this epoch. Of a question that another device answers none is made, and that is settled as well. */
export const noised = async (
  { state }: Draft,
  it: Segmentation,
  truth: SegmentId,
  epsilon: number,
  seen: ReportState,
  making: Making & { readonly random: Random; readonly now: number },
): Promise<ReportState> => {
  const made = await makeNoised(state, it, truth, epsilon, making)
  if (!made) return { ...seen, seq: 1 }
  const { body, budget, cost, stale } = made
  state.budget = budget
  return enqueue(seen, body, making.settings, making.random, making.now, {
    cost,
    of: making.epoch,
    ...(stale ? { stale } : {}),
  })
}
