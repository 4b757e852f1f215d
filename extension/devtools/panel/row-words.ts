/** What a row of the stream says, in one line. */

import { PURPOSES } from '../../../core/consent.ts'
import type { Happening, Shapes, What } from '../../../core/protocol/devtools.ts'
import type { Signal } from '../../../core/signal.ts'
import { counted } from '../../../view/format.ts'

/** `good` was admitted or sent as it should be; `bad` was refused or has failed. */
export type Tone = 'plain' | 'good' | 'bad'

export interface RowWords {
  /** The first column: what kind of row it is. */
  readonly what: string
  /** The name of what it is about. */
  readonly name: string
  readonly rest: string
  readonly tone: Tone
}

export const NAMES: { readonly [W in What]: string } = {
  load: 'page',
  ready: 'page',
  signal: 'admitted',
  refused: 'refused',
  call: 'call',
  answer: 'answer',
  decision: 'decision',
  segments: 'segments',
  ping: 'ping',
  blocked: 'blocked',
  problem: 'problem',
  request: 'request',
}

const fieldsOf = ({ kind: _, at: _at, ...fields }: Signal): string =>
  Object.entries(fields)
    .map(([field, value]) => `${field}=${value}`)
    .join(' ')

const shapesOf = (shapes: Shapes = {}): string =>
  Object.entries(shapes)
    .map(([field, shape]) => `${field}: ${shape}`)
    .join(', ')

const bytes = (n: number): string => counted(n, 'byte')

/** Of a decision: the purposes that anything is granted for. */
const grantsOf = (granted: Extract<Happening, { what: 'decision' }>['granted']): string => {
  if (!granted) return 'none taken'
  const allowed = PURPOSES.filter(purpose => granted[purpose]?.length)
  return allowed.length ? allowed.map(each => `${each}: ${granted[each]?.join(', ')}`).join('; ') : 'all denied'
}

const segmentsOf = (segments: { readonly [segmentation: string]: string }): string =>
  Object.entries(segments)
    .map(([segmentation, segment]) => `${segmentation}=${segment}`)
    .join(' ') || 'none'

type Line = Omit<RowWords, 'what'>

const line = (name: string, rest = '', tone: Tone = 'plain'): Line => ({ name, rest, tone })

const lineOf = (it: Happening): Line => {
  switch (it.what) {
    case 'load':
      return line(it.path, it.early ? 'loaded' : 'joined in the middle: what was before is not known')
    case 'ready':
      return line('Nearside', 'is up')
    case 'signal':
      return line(it.signal.kind, fieldsOf(it.signal), 'good')
    case 'refused':
      return line(it.kind, `${it.reason}${it.given ? ` (${shapesOf(it.given)})` : ''}`, 'bad')
    case 'call':
      return line(
        it.verb,
        [it.signals ? counted(it.signals, 'signal') : '', bytes(it.bytes)].filter(Boolean).join(', '),
      )
    case 'answer': {
      const failed = it.error ?? it.problem
      return line(
        it.verb,
        failed ?? `after ${Math.round(it.ms * 10) / 10} ms, ${bytes(it.bytes)}`,
        failed ? 'bad' : 'plain',
      )
    }
    case 'decision':
      return line(it.paused ? 'paused' : 'decision', grantsOf(it.granted))
    case 'segments':
      return line('now', segmentsOf(it.segments), 'good')
    case 'ping':
      return line('ping', it.news === 'gone' ? 'all was deleted' : `decision ${it.news} is new`)
    case 'blocked':
      return line(it.directive, it.url, 'bad')
    case 'problem':
      return line('problem', it.text, 'bad')
    case 'request':
      return line(`${it.method} ${it.kind}`, `${it.url} ${it.status || 'no answer'}, ${bytes(it.bytes)}`)
    default:
      return it satisfies never
  }
}

export const wordsOf = (it: Happening): RowWords => ({ what: NAMES[it.what], ...lineOf(it) })

/** All of a row that a plain word of the filter is looked for in. */
export const textOf = (it: Happening): string => {
  const { what, name, rest } = wordsOf(it)
  return `${what} ${name} ${rest}`.toLowerCase()
}
