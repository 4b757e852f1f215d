// Far more inputs than a file would hold: what came out of them, as one digest that all engines must agree on.
import { exp, log, log1p } from '../../core/elementary.ts'
import { hex } from '../../core/encoding.ts'
import { AGGREGATES, type FeatureSpec, foldAfresh, rawVector, transformVector } from '../../core/feature.ts'
import { PAGE_KINDS, type Signal } from '../../core/signal.ts'
import { mulberry } from './bits.ts'

const DAY_MS = 86_400_000
const TWO_32 = 2 ** 32

export const sha256 = async (numbers: readonly number[]): Promise<string> => {
  const bytes = new DataView(new ArrayBuffer(8 * numbers.length))
  numbers.forEach((x, i) => bytes.setFloat64(8 * i, x))
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}

/** A positive double of any size: 52 random bits under a random exponent. */
const anyPositive = (random: () => number): number => {
  const view = new DataView(new ArrayBuffer(8))
  view.setUint32(0, random() % 0x7ff00000)
  view.setUint32(4, random())
  return view.getFloat64(0)
}

/** log, log1p and exp of `n` inputs each: over all exponents, and where features lie. */
export const elementaryDigest = (n: number, seed = 1): Promise<string> => {
  const random = mulberry(seed)
  const share = () => (random() + random() / TWO_32) / TWO_32
  const made: number[] = []
  for (let i = 0; i < n; i++) {
    made.push(log(i % 2 ? anyPositive(random) : share() * 2), log1p(i % 2 ? share() * 1e6 : share() - 0.5))
    made.push(exp(i % 2 ? share() * 1400 - 700 : share() * 20 - 10))
  }
  return sha256(made)
}

const spec = (aggregate: FeatureSpec['aggregate'], i: number): FeatureSpec => ({
  name: `f${i}`,
  kind: 'page_dwell',
  aggregate,
  ...(['sum', 'mean', 'max'].includes(aggregate) ? { field: 'ms' } : {}),
  ...(['distinct', 'entropy', 'sequence', 'returns'].includes(aggregate) ? { field: 'page' } : {}),
  ...(aggregate === 'share' || i % 3 === 0 ? { where: { page: ['product', 'cart', 'home'] } } : {}),
  ...(aggregate === 'ratio' ? { over: { kind: 'page_view' } } : {}),
  ...(aggregate === 'sequence' ? { from: 'product', to: 'cart' } : {}),
  window: i % 2 && aggregate !== 'sessions' ? 'session' : 1 + (i % 9),
  ...(i % 4 === 1 ? { per: 1000 } : {}),
  ...(i % 4 < 2 ? { transform: 'log1p' } : i % 4 === 2 ? { transform: 'sqrt' } : {}),
})

/** The vectors of `n` visitors, a hundred signals each, under every aggregate in four shapes. */
export const featureDigest = (n: number, seed = 2): Promise<string> => {
  const random = mulberry(seed)
  const specs = [0, 1, 2, 3].flatMap(round =>
    AGGREGATES.map((aggregate, i) => spec(aggregate, round * AGGREGATES.length + i)),
  )
  const made: number[] = []
  for (let visitor = 0; visitor < n; visitor++) {
    let at = 20_000 * DAY_MS
    const signals: Signal[] = []
    for (let i = 0; i < 100; i++) {
      at += random() % (random() % 8 ? 600_000 : 20_000_000)
      const page = PAGE_KINDS[random() % PAGE_KINDS.length] as string
      signals.push(
        random() % 2 ? { kind: 'page_view', at, page } : { kind: 'page_dwell', at, page, ms: random() % 600_000 },
      )
    }
    const raw = rawVector(specs, foldAfresh(specs, signals), at)
    made.push(...[...raw, ...transformVector(specs, raw)].map(value => value ?? -1))
  }
  return sha256(made)
}
