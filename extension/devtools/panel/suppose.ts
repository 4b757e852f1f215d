/**
 * What would follow if something were otherwise: another decision, another number, a later hour, another model. The functions that a
 * device runs work it out; nothing real is touched.
 */

import type { Assignment } from '../../../core/assign.ts'
import type { Config } from '../../../core/config.ts'
import {
  captures,
  type Grants,
  grantsOf,
  NONE,
  type Pairs,
  type Purpose,
  pairsOf,
  serves,
} from '../../../core/consent.ts'
import type { Pins } from '../../../core/correction.ts'
import type { Decision } from '../../../core/decision.ts'
import { type FeatureVector, foldAfresh, rawVector } from '../../../core/feature.ts'
import { categoriesOf, type Model } from '../../../core/model.ts'
import type { Cmp } from '../../../core/policy.ts'
import { pairsSaid } from '../../../core/policy.ts'
import { mayReceive } from '../../../core/recipient.ts'
import type { SegmentId } from '../../../core/segmentation.ts'
import { categoryOf, KIND_NAMES, type Kind, type Signal } from '../../../core/signal.ts'
import { isGrant, parseStanding, printStanding } from '../../../core/standing.ts'
import { answerAll } from '../../../store/access.ts'

/** What is, as far as it is known. */
export interface Given {
  readonly model: Model
  readonly config: Config
  readonly signals: readonly Signal[]
  readonly decision: Decision | null
  readonly optedOut: boolean
  /** Milliseconds since 1970. */
  readonly now: number
  /** Features that the device does not know, though the signals would give a number: it has not seen all of their window. */
  readonly unknown: readonly string[]
  readonly pins: Pins
  readonly assigned: { readonly [segmentation: string]: SegmentId }
  readonly since: { readonly [segmentation: string]: number }
}

/** What is to be otherwise; what is absent stays. */
export interface Supposed {
  readonly grants?: Grants
  /** Another consent manager has the say, and has granted these words. */
  readonly said?: { readonly source: Cmp; readonly words: readonly string[] }
  readonly gpc?: boolean
  readonly expired?: boolean
  /** Raw numbers by feature. */
  readonly features?: { readonly [name: string]: number }
  /** Milliseconds from now. */
  readonly later?: number
  readonly model?: Model
}

export interface Outcome {
  readonly grants: Grants
  /** What the gate would say to each kind that the config needs. */
  readonly kinds: readonly { readonly kind: Kind; readonly admitted: boolean }[]
  /** Signals that would be deleted, as nothing is granted for their category any more. */
  readonly deleted: number
  readonly model: Model
  readonly raws: FeatureVector
  readonly answers: readonly Assignment[]
  /** Segmentations whose segment the page would be shown. */
  readonly shown: readonly string[]
  /** Segmentations that would be reported. */
  readonly reported: readonly string[]
  /** Who would be handed segments. */
  readonly recipients: readonly string[]
}

/** The decision as the loader would read it from its key: the browser's opt-out signal is heeded there. */
const decisionUnder = ({ config, decision, optedOut, now }: Given, it: Supposed): Decision | undefined => {
  if (it.expired) return undefined
  const said = it.said && grantsOf(pairsSaid({ ...config.consent, source: it.said.source }, config, it.said.words))
  const grants = it.grants ?? said
  const choice = grants && { grants, recipients: config.recipients.map(({ name }) => name) }
  const base: Decision | undefined = choice
    ? {
        seq: (decision?.seq ?? 0) + 1,
        notice: config.notice,
        // It would hold for as long as the config says; whether that has passed is asked by `expired`.
        expires: '9999-12-31',
        ...choice,
      }
    : (decision ?? undefined)
  if (!base) return undefined
  const held = choice || new Date(now + (it.later ?? 0)).toISOString().slice(0, 10) < base.expires
  return held ? parseStanding(printStanding(base), it.gpc ?? optedOut) : undefined
}

interface Left {
  readonly decision: Decision | undefined
  readonly pairs: Pairs
  /** The signals that the decision lets stand. */
  readonly kept: readonly Signal[]
}

const leftUnder = (given: Given, supposed: Supposed): Left => {
  const decision = decisionUnder(given, supposed)
  const pairs = decision && !decision.paused ? pairsOf(decision.grants) : NONE
  const kinds = new Set(KIND_NAMES.filter(kind => captures(pairs, categoryOf(kind))))
  const account = captures(pairs, 'account')
  const kept = given.signals.filter(({ kind, id }) => kinds.has(kind) && (id === undefined || account))
  return { decision, pairs, kept }
}

/** What has to be folded to work it out, by the supposed model. */
export const signalsUnder = (given: Given, supposed: Supposed = {}): readonly Signal[] =>
  leftUnder(given, supposed).kept

/** @param fold folds from nothing; whoever supposes again and again may remember what came of it */
export const suppose = (given: Given, supposed: Supposed = {}, fold: typeof foldAfresh = foldAfresh): Outcome => {
  const { config, signals, unknown, pins, assigned, since } = given
  const model = supposed.model ?? given.model
  const now = given.now + (supposed.later ?? 0)
  const { decision, pairs, kept } = leftUnder(given, supposed)
  const folded = rawVector(model.features, fold(model.features, kept), now)
  const raws = model.features.map(({ name }, i) =>
    Object.hasOwn(supposed.features ?? {}, name)
      ? supposed.features?.[name]
      : unknown.includes(name) && folded[i] !== null
        ? undefined
        : folded[i],
  )
  // What another model calls its segments has not been given yet: there is nothing to hold on to.
  const before = supposed.model ? {} : { pins, assigned, since }
  const serving = (purpose: Purpose): string[] =>
    model.segmentations.filter(it => serves(pairs, purpose, categoriesOf(model, it))).map(({ id }) => id)
  return {
    grants: grantsOf(pairs),
    kinds: config.needs.map(({ kind }) => ({ kind, admitted: isGrant(decision, categoryOf(kind)) })),
    deleted: signals.length - kept.length,
    model,
    raws,
    answers: answerAll(model, raws, before, pairs, now),
    shown: config.expose === 'none' ? [] : serving('personalization'),
    reported: config.reports ? serving('measurement') : [],
    recipients: config.recipients.flatMap(it => (decision && mayReceive(decision, it) ? it.name : [])),
  }
}
