/** Makes reports, sends them, and notes the answers. What is sent is on the ledger before it leaves. */

import type { Config } from '../core/config.ts'
import { type Pairs, serves } from '../core/consent.ts'
import { type Epoch, epochOf } from '../core/epoch.ts'
import { categoriesOf, type Model, modelId } from '../core/model.ts'
import type { Cipher, Random } from '../core/ports.ts'
import { derivePseudonym } from '../core/pseudonym.ts'
import { type Arm, printReport } from '../core/report.ts'
import { type Segmentation, type SegmentId, unassignedOf } from '../core/segmentation.ts'
import type { DeviceState } from '../store/state.ts'
import type { Draft } from './changes.ts'
import { claim, enqueue, isRipe, observe, observeOutcome, silence } from './reporter.ts'
import type { World } from './world.ts'

export interface Outgoing {
  readonly segmentation: string
  readonly url: string
  readonly body: string
  readonly epoch: Epoch
  readonly seq: number
}

interface Means extends Pick<World, 'records'> {
  readonly config: Config
  readonly model: Model
  readonly cipher: Pick<Cipher, 'mac'>
  readonly random: Random
  /** Where the site has a control group. */
  readonly arm?: Arm | undefined
}

/** What a report may say: of a segment that the visitor chose, nothing. */
export const toldSegment = ({ assigned, pins }: DeviceState, it: Segmentation): SegmentId => {
  const unassigned = unassignedOf(it)
  return pins?.[it.id]?.segment ? unassigned : (assigned[it.id] ?? unassigned)
}

const isMeasured = ({ head }: Draft, model: Model, it: Segmentation): boolean =>
  serves(head.pairs as Pairs, 'measurement', categoriesOf(model, it))

/** Takes back what waits to be told of segmentations that measurement is not granted for, or that the model no longer has. */
export const hush = (draft: Draft, model: Model): void => {
  const { state } = draft
  for (const [id, last] of Object.entries(state.reports)) {
    const it = model.segmentations.find(each => each.id === id)
    if (!it || !state.assigned[id] || !isMeasured(draft, model, it)) state.reports[id] = silence(last)
  }
}

/** Observes every segmentation that measurement is granted for, and queues what is ripe. @returns whether reports changed */
export const plan = async (draft: Draft, now: number, means: Means): Promise<boolean> => {
  const { config, model, cipher, random, records, arm } = means
  const settings = config.reports
  if (!settings) return false
  const { reports, assigned } = draft.state
  const before = JSON.stringify(reports)
  hush(draft, model)
  for (const it of model.segmentations) {
    const segment = assigned[it.id] && toldSegment(draft.state, it)
    if (!segment || !isMeasured(draft, model, it)) continue
    const epsilon = settings.noised?.[it.id]
    const look = it.id === config.outcome ? observeOutcome : observe
    const seen = look(reports[it.id], segment, unassignedOf(it), now, epsilon !== undefined)
    reports[it.id] = seen
    if (!isRipe(seen, settings, now)) continue
    const { ended, once } = seen
    const epoch = (epochOf(now) - (ended ? 1 : 0)) as Epoch
    const told = ended || segment
    if (once || (ended && epsilon)) {
      const made = epsilon && (await records().catch(() => undefined))
      const making = { ...means, now, epoch, settings }
      if (made) reports[it.id] = await made.noised(draft, it, told, epsilon, seen, making)
    } else {
      const body = printReport({
        v: 1,
        site: config.site,
        model: modelId(model),
        epoch,
        segmentation: it.id,
        segment: told,
        pseudonym: await derivePseudonym(cipher, config.site, it.id, epoch),
        seq: seen.seq + 1,
        notice: config.notice,
        ...(arm ? { arm } : {}),
      })
      reports[it.id] = enqueue(seen, body, settings, random, now, { of: epoch })
    }
  }
  return JSON.stringify(reports) !== before
}

/** Takes what is due out of the queue to be sent, each on the ledger the first time. */
export const takeDue = (draft: Draft, { reports: settings }: Config, random: Random, now: number): Outgoing[] => {
  const due: Outgoing[] = []
  if (!settings) return due
  for (const [segmentation, state] of Object.entries(draft.state.reports)) {
    if (!state.queued || state.queued.due > now) continue
    const { body, attempts, cost, stale, of } = state.queued
    if (!attempts)
      draft.events.push({
        type: 'report',
        segmentation,
        recipient: settings.url,
        purpose: 'measurement',
        epsilon: cost ?? null,
        ...(stale ? { stale } : {}),
        body,
      })
    draft.state.reports[segmentation] = claim(state, random, now)
    due.push({ segmentation, url: `${settings.url}/v1/reports`, body, epoch: of ?? state.epoch, seq: state.seq })
  }
  return due
}
