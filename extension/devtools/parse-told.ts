/** Reads what a page's side tells the panel, and a session from a file: both are what somebody else claims. */

import { CATEGORIES, PURPOSES } from '../../core/consent.ts'
import { integer, list, mapOf, object, oneOf, optional, type Parser, parseJson, real, text } from '../../core/parse.ts'
import {
  CALLS,
  type Deed,
  type Happening,
  MOST_HAPPENINGS,
  REASONS,
  REQUESTS,
  type RecordedSession,
  type State,
} from '../../core/protocol/devtools.ts'
import { MOST_RECIPIENTS, recipientName } from '../../core/recipient.ts'
import { REPORT_BYTES, segmentationId, segmentId } from '../../core/report.ts'
import { parseSignal } from '../../core/signal.ts'
import { nullable, parseDecided, parseKept } from '../parse-kept.ts'
import type { Told } from './page/tell.ts'

/** The year 2200. */
const LATEST = 7_258_118_400_000
const MOST = Number.MAX_SAFE_INTEGER
const LONGEST_FILE = 2_000_000
/** Servers refuse longer headers. */
const LONGEST_POLICY = 16_000

const instant = integer(0, LATEST)
const count = integer(0, MOST)
const flag = oneOf([true, false])
const yes = oneOf([true])
const words =
  (longest: number): Parser<string> =>
  (value, place) =>
    value === '' ? '' : text(longest)(value, place)
const path = text(2000)
const url = text(2000)
const grants = mapOf(oneOf(PURPOSES), list(oneOf(CATEGORIES), 0, CATEGORIES.length))
/** A page's number, which is no whole one. */
const page = real
const kind = words(200)

const pair: Parser<readonly [number, number]> = (value, place) => {
  const [a, b] = list(real, 2, 2)(value, place) as [number, number]
  return [a, b]
}

const wire = {
  kind: oneOf(REQUESTS),
  method: text(20),
  url,
  status: integer(0, 999),
  bytes: count,
  body: optional(words(REPORT_BYTES)),
  foreign: optional(yes),
  before: optional(yes),
  carries: optional(list(segmentationId, 1, 64)),
}

const what = <const W extends Deed['what']>(word: W) => ({ what: oneOf([word]) })

const deeds = {
  load: object({ ...what('load'), path, early: flag }),
  ready: object(what('ready')),
  signal: object({ ...what('signal'), signal: parseSignal, page, batch: count }),
  refused: object({
    ...what('refused'),
    kind,
    reason: oneOf(REASONS),
    given: optional(mapOf(words(40), text(60))),
  }),
  call: object({
    ...what('call'),
    id: text(100),
    verb: oneOf(CALLS),
    asked: optional(text(40)),
    bytes: count,
    signals: optional(count),
    batches: optional(list(pair, 0, 10_000)),
  }),
  answer: object({
    ...what('answer'),
    id: text(100),
    verb: oneOf(CALLS),
    ms: real,
    bytes: count,
    error: optional(words(300)),
    problem: optional(words(300)),
  }),
  decision: object({
    ...what('decision'),
    granted: nullable(grants),
    expires: optional(text(10)),
    paused: optional(yes),
  }),
  segments: object({ ...what('segments'), segments: mapOf(segmentationId, segmentId) }),
  ping: object({
    ...what('ping'),
    news: (value: unknown, place: string) => (value === 'gone' ? ('gone' as const) : real(value, place)),
  }),
  blocked: object({ ...what('blocked'), directive: text(100), url: words(400) }),
  problem: object({ ...what('problem'), text: text(300) }),
  request: object({ ...what('request'), ...wire }),
} satisfies { [W in Deed['what']]: Parser<unknown> }

const whatOf = oneOf(Object.keys(deeds) as Deed['what'][])

/** @throws ParseError */
export const parseDeed: Parser<Deed> = (value, place) =>
  deeds[whatOf((value as { what?: unknown } | null)?.what, `${place}.what`)](value, place) as Deed

/** What one page tells. @throws ParseError */
export const parseTold = (value: unknown, place = 'told'): Told =>
  object({ at: instant, deed: parseDeed })(value, place)

const parseDecision: Parser<State['decision']> = nullable((value, place) => {
  const { gpc, by, means, recipients, ...rest } = value as Record<string, unknown>
  return {
    ...parseDecided(rest, place),
    ...(gpc === undefined ? {} : { gpc: flag(gpc, `${place}.gpc`) }),
    ...(by === undefined ? {} : { by: integer(-65_536, 65_536)(by, `${place}.by`) }),
    ...(means === undefined ? {} : { means: oneOf(['extension'])(means, `${place}.means`) }),
    ...(recipients === undefined
      ? {}
      : { recipients: list(recipientName, 0, MOST_RECIPIENTS)(recipients, `${place}.recipients`) }),
  }
})

/** @throws ParseError */
export const parseState: Parser<State> = object({
  at: instant,
  origin: text(300, /^https?:\/\//, 'an origin'),
  path,
  seen: oneOf(['absent', 'undecided', 'refused', 'granted', 'leftover', 'erased', 'unreadable']),
  unreadable: optional(text(300)),
  decision: parseDecision,
  optedOut: flag,
  kept: nullable(parseKept),
  config: nullable(object({ json: words(LONGEST_FILE), url })),
  model: nullable(words(LONGEST_FILE)),
  keys: mapOf(text(100), count, 200),
  usage: nullable(object({ used: count, quota: count })),
  tail: count,
  files: list(object({ name: text(200), sent: count, bytes: count, ms: real }), 0, 100),
  policy: optional(object({ url, header: text(LONGEST_POLICY) })),
})

const parseHappening: Parser<Happening> = (value, place) => {
  const { n, at, load, ...deed } = Object(value) as Record<string, unknown>
  return {
    ...parseDeed(deed, place),
    n: integer(1, MOST)(n, `${place}.n`),
    at: instant(at, `${place}.at`),
    load: count(load, `${place}.load`),
  }
}

const parseShape = object({
  v: oneOf([1]),
  made: instant,
  holds: list(text(200), 0, 40),
  happenings: list(parseHappening, 0, MOST_HAPPENINGS),
  states: list(parseState, 0, 100),
})

/** Reads an exported session. @throws ParseError */
export const parseSession = (json: string, place = 'session'): RecordedSession =>
  parseShape(parseJson(json, place), place)
