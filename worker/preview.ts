/** Shows what would be sent, before it is: to the byte where the visitor's own pseudonym may be made, and in its exact shape where not. */

import type { Config } from '../core/config.ts'
import { type Pairs, serves } from '../core/consent.ts'
import { epochOf } from '../core/epoch.ts'
import { categoriesOf, type Model, modelId } from '../core/model.ts'
import type { Cipher } from '../core/ports.ts'
import { printPrivateReport, type Token } from '../core/private-report.ts'
import type { Preview } from '../core/protocol/session.ts'
import { derivePseudonym, type Pseudonym } from '../core/pseudonym.ts'
import { printReport } from '../core/report.ts'
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

const previewOf = async (
  config: Config,
  model: Model,
  it: Segmentation,
  now: number,
  held: Held | undefined,
): Promise<Omit<Preview, 'recipient'>> => {
  const epoch = epochOf(now)
  const report = { v: 1, site: config.site, model: modelId(model), epoch, segmentation: it.id } as const
  const own = held && serves(held.pairs, 'personalization', categoriesOf(model, it)) ? held : undefined
  const before = own?.state.reports[it.id]
  const said = before?.epoch === epoch ? before : undefined
  if (said?.queued) return { segmentation: it.id, body: said.queued.body, later: [], silent: false }
  const segment = own ? toldSegment(own.state, it) : undefined
  const epsilon = config.reports?.noised?.[it.id]
  if (epsilon !== undefined) {
    const settings = config.reports as ReportSettings
    const making = own && { config, model, cipher: own.cipher, settings, epoch }
    const made = making && (await makeNoised(own.state, it, segment as SegmentId, epsilon, making))
    const later = {
      segment: LATER.repeat(unassignedOf(it).length) as SegmentId,
      token: LATER.repeat(PSEUDONYM_LENGTH) as Token,
    }
    return {
      segmentation: it.id,
      body: made?.body ?? printPrivateReport({ ...report, ...later, epsilon, notice: config.notice }),
      later: made ? [] : ['segment', 'token'],
      // One an epoch; and none of a question that other devices answer.
      silent: Boolean(said?.seq) || (own !== undefined && !made),
    }
  }
  return {
    segmentation: it.id,
    body: printReport({
      ...report,
      segment: segment ?? (LATER.repeat(unassignedOf(it).length) as SegmentId),
      pseudonym: own
        ? await derivePseudonym(own.cipher, config.site, it.id, epoch)
        : (LATER.repeat(PSEUDONYM_LENGTH) as Pseudonym),
      seq: (said?.seq ?? 0) + 1,
      notice: config.notice,
    }),
    later: own ? [] : ['segment', 'pseudonym'],
    // Unassigned is told only to take back what was.
    silent: segment === unassignedOf(it) && !said?.seq,
  }
}

/** One for each question, in the model's order; none where the site has no collector. Nothing is stored to make them. */
export const preview = async (config: Config, model: Model, now: number, held?: Held): Promise<Preview[]> => {
  const { reports } = config
  if (!reports) return []
  const recipient = `${reports.url}/v1/reports`
  const made = model.segmentations.map(it => previewOf(config, model, it, now, held))
  return (await Promise.all(made)).map(each => ({ ...each, recipient }))
}
