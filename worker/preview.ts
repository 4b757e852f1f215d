/** Shows what would be sent, before it is: to the byte where the visitor's own pseudonym may be made, and in its exact shape where not. */

import { drawArm } from '../core/arm.ts'
import type { Config } from '../core/config.ts'
import { type Pairs, serves } from '../core/consent.ts'
import { type Epoch, epochOf } from '../core/epoch.ts'
import { categoriesOf, type Model, modelId } from '../core/model.ts'
import type { Cipher } from '../core/ports.ts'
import { printPrivateReport, type Token } from '../core/private-report.ts'
import type { Preview } from '../core/protocol/session.ts'
import { derivePseudonym, type Pseudonym } from '../core/pseudonym.ts'
import { type Arm, printReport } from '../core/report.ts'
import { type Segmentation, type SegmentId, unassignedOf } from '../core/segmentation.ts'
import type { DeviceState } from '../store/state.ts'
import { toldSegment } from './delivery.ts'
import { makeNoised } from './noised.ts'
import type { ReportSettings } from './reporter.ts'

/** In the place of what is made only after a yes: as long, and of letters that a reader sees are not meant. */
const LATER = 'x'
const PSEUDONYM_LENGTH = 22

export interface Held {
  readonly state: DeviceState
  readonly pairs: Pairs
  readonly cipher: Pick<Cipher, 'mac'>
}

interface Asked {
  readonly config: Config
  readonly model: Model
  readonly now: number
}

/** What the device would say, or what stands in its place. */
interface Part {
  readonly it: Segmentation
  /** Where it may be made already. */
  readonly own: Held | undefined
  readonly segment: SegmentId
  /** The week it is about. */
  readonly epoch: Epoch
  readonly arm: { readonly arm?: Arm }
}

const noisedPreview = async (
  { it, own, segment, epoch, arm }: Part,
  { config, model }: Asked,
  epsilon: number,
  isTold: boolean,
): Promise<Omit<Preview, 'recipient'>> => {
  const settings = config.reports as ReportSettings
  const making = own && { config, model, cipher: own.cipher, settings, epoch, ...arm }
  const made = making && (await makeNoised(own.state, it, segment, epsilon, making))
  const token = LATER.repeat(PSEUDONYM_LENGTH) as Token
  const later = { segment: LATER.repeat(segment.length) as SegmentId, epsilon, token, notice: config.notice, ...arm }
  const told = { v: 1, site: config.site, model: modelId(model), epoch, segmentation: it.id } as const
  return {
    segmentation: it.id,
    body: made?.body ?? printPrivateReport({ ...told, ...later }),
    later: made ? [] : ['segment', 'token'],
    // One an epoch; and none of a question that other devices answer.
    silent: isTold || (own !== undefined && !made),
  }
}

const exactPreview = async (
  { it, own, segment, epoch, arm }: Part,
  { config, model }: Asked,
  seq: number,
): Promise<Omit<Preview, 'recipient'>> => ({
  segmentation: it.id,
  body: printReport({
    v: 1,
    site: config.site,
    model: modelId(model),
    epoch,
    segmentation: it.id,
    segment,
    pseudonym: own
      ? await derivePseudonym(own.cipher, config.site, it.id, epoch)
      : (LATER.repeat(PSEUDONYM_LENGTH) as Pseudonym),
    seq: seq + 1,
    notice: config.notice,
    ...arm,
  }),
  later: own ? [] : ['segment', 'pseudonym'],
  // Unassigned is told only to take back what was.
  silent: segment === unassignedOf(it) && !seq,
})

const previewOf = async (
  it: Segmentation,
  asked: Asked,
  held: Held | undefined,
): Promise<Omit<Preview, 'recipient'>> => {
  const { config, model, now } = asked
  const own = held && serves(held.pairs, 'personalization', categoriesOf(model, it)) ? held : undefined
  const before = own?.state.reports[it.id]
  const said = before?.epoch === epochOf(now) ? before : undefined
  // Decided, and not for this; the browser's opt-out signal leaves nothing of it either, nor sends what already waits.
  const denied = held !== undefined && !serves(held.pairs, 'measurement', categoriesOf(model, it))
  if (said?.queued) return { segmentation: it.id, body: said.queued.body, later: [], silent: denied }
  const isOutcome = it.id === config.outcome
  const unknown = LATER.repeat(unassignedOf(it).length) as SegmentId
  const part: Part = {
    it,
    own,
    segment: own ? (isOutcome && said?.ended) || toldSegment(own.state, it) : unknown,
    // An outcome is told when its week is over.
    epoch: (epochOf(now) - (isOutcome ? 1 : 0)) as Epoch,
    arm: config.control ? { arm: own ? await drawArm(own.cipher, config.site, config.control) : 'treated' } : {},
  }
  const epsilon = config.reports?.noised?.[it.id]
  const seq = said?.seq ?? 0
  const shown =
    epsilon === undefined ? await exactPreview(part, asked, seq) : await noisedPreview(part, asked, epsilon, seq > 0)
  return denied || (isOutcome && own && !(said?.ended && !seq)) ? { ...shown, silent: true } : shown
}

/** One for each question, in the model's order; none where the site has no collector. Nothing is stored to make them. */
export const preview = async (config: Config, model: Model, now: number, held?: Held): Promise<Preview[]> => {
  const { reports } = config
  if (!reports) return []
  const recipient = `${reports.url}/v1/reports`
  const made = model.segmentations.map(it => previewOf(it, { config, model, now }, held))
  return (await Promise.all(made)).map(each => ({ ...each, recipient }))
}
