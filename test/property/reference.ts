// Features as one would work them out by hand, from all the signals at once: slow, and nothing of it shared with the fold.
import type { FeatureSpec, Selection } from '../../core/feature.ts'
import type { Signal } from '../../core/signal.ts'

const HALF_HOUR_MS = 1_800_000
const DAY_MS = 86_400_000

const fits = ({ kind, where = {} }: Selection, signal: Signal): boolean =>
  signal.kind === kind && Object.keys(where).every(field => where[field]?.some(word => word === signal[field]))

const denominator = (spec: FeatureSpec): Selection | undefined =>
  spec.aggregate === 'share' ? { kind: spec.kind } : spec.over

/** The last signals that no half hour parts, where the last is not half an hour old; in the order of their times. */
const lastSession = (signals: readonly Signal[], now: number): Signal[] => {
  const session: Signal[] = []
  let next = now
  for (const signal of [...signals].reverse()) {
    if (next - signal.at >= HALF_HOUR_MS) break
    session.unshift(signal)
    next = signal.at
  }
  return session
}

/** Whatever half hours part. */
const stretches = (times: readonly number[]): number =>
  times.filter((at, i) => i === 0 || at - (times[i - 1] as number) >= HALF_HOUR_MS).length

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0)

const worth = (spec: FeatureSpec, inside: readonly Signal[], below: number, now: number): number | null => {
  const numbers = inside.map(signal => Number(signal[spec.field ?? ''] ?? 0))
  const words = inside.map(signal => signal[spec.field ?? ''] ?? 'other')
  const times = inside.map(({ at }) => at)
  switch (spec.aggregate) {
    case 'count':
      return inside.length
    case 'sum':
      return sum(numbers)
    case 'mean':
      return inside.length ? sum(numbers) / inside.length : 0
    case 'max':
      return Math.max(0, ...numbers)
    case 'distinct':
      return new Set(spec.field ? words : times.map(at => Math.floor(at / DAY_MS))).size
    case 'recency':
      return inside.length ? Math.floor((now - Math.max(...times)) / (spec.per ?? 1)) : null
    case 'span':
      return inside.length ? Math.max(...times) - Math.min(...times) : 0
    case 'ratio':
    case 'share':
      return below ? inside.length / below : 0
    case 'entropy': {
      const shares = [...new Set(words)].map(word => words.filter(each => each === word).length / words.length)
      return -sum(shares.map(share => share * Math.log2(share)))
    }
    case 'sequence':
      return words.filter((word, i) => i > 0 && words[i - 1] === spec.from && word === spec.to).length
    case 'returns':
      return words.filter((word, i) => words.indexOf(word) < i).length
    case 'sessions':
      return stretches(times)
    default:
      return spec.aggregate satisfies never
  }
}

/** @param signals in the order of their times, none later than `now` */
export const byHand = (specs: readonly FeatureSpec[], signals: readonly Signal[], now: number): (number | null)[] => {
  const lookedAt = signals.filter(signal =>
    specs.some(spec => [spec, denominator(spec)].some(selection => selection && fits(selection, signal))),
  )
  const session = lastSession(lookedAt, now)
  const midnight = Math.floor(now / DAY_MS) * DAY_MS
  return specs.map(spec => {
    const { window } = spec
    const seen = window === 'session' ? session : signals.filter(({ at }) => at >= midnight - (window - 1) * DAY_MS)
    const under = denominator(spec)
    const below = under ? seen.filter(signal => fits(under, signal)).length : 0
    return worth(
      spec,
      seen.filter(signal => fits(spec, signal)),
      below,
      now,
    )
  })
}
