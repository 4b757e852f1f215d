// Where the golden vectors come from: arithmetic in whole numbers and Node's own cryptography, never from `core`.
import { createHash, createHmac } from 'node:crypto'
import { exp, log, log1p } from '../../core/elementary.ts'
import { hexOf, mulberry, numberOf } from './bits.ts'
import { expReal, log1pReal, logReal, nearest, type Real } from './oracle.ts'
import type { ElementaryRow, Vectors } from './run.ts'

export const TRUTH: { [name in ElementaryRow[0]]: (x: number) => Real } = {
  log: logReal,
  log1p: log1pReal,
  exp: expReal,
}
const OURS = { log, log1p, exp }

/** What holds by definition. */
const SPECIAL: readonly (readonly [ElementaryRow[0], number, number])[] = [
  ['log', 0, Number.NEGATIVE_INFINITY],
  ['log', -0, Number.NEGATIVE_INFINITY],
  ['log', -1, Number.NaN],
  ['log', 1, 0],
  ['log', Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  ['log', Number.NaN, Number.NaN],
  ['log1p', 0, 0],
  ['log1p', -0, -0],
  ['log1p', -1, Number.NEGATIVE_INFINITY],
  ['log1p', -2, Number.NaN],
  ['log1p', Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  ['log1p', Number.NaN, Number.NaN],
  ['exp', 0, 1],
  ['exp', -0, 1],
  ['exp', Number.NEGATIVE_INFINITY, 0],
  ['exp', Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  ['exp', 710, Number.POSITIVE_INFINITY],
  ['exp', -746, 0],
  ['exp', Number.NaN, Number.NaN],
]

const upTo = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i))
/** The doubles next to x on both sides. */
const around = (x: number): number[] =>
  [-2n, -1n, 0n, 1n, 2n].map(step => numberOf((BigInt(`0x${hexOf(x)}`) + step).toString(16).padStart(16, '0')))

const inputs = (): { [name in ElementaryRow[0]]: number[] } => {
  const random = mulberry(3)
  const share = () => random() / 2 ** 32
  return {
    log: [
      ...upTo(33, i => 2 ** (64 * i - 1074)),
      ...upTo(40, i => i + 2),
      ...upTo(20, i => 10 ** (30 * i - 295)),
      ...[1, 2, Math.SQRT1_2, Math.SQRT2, Math.E, Number.MAX_VALUE / 2, 2 ** -1022]
        .flatMap(around)
        .filter(x => x !== 1),
      ...upTo(40, () => 0.5 + share() * 1.5),
      ...upTo(20, () => share() * 1e9),
      Number.MIN_VALUE,
      Number.MAX_VALUE,
    ],
    log1p: [
      ...upTo(30, i => 2 ** (-2 * i)),
      ...upTo(30, i => -(2 ** (-2 * i - 1))),
      ...upTo(40, i => i + 2),
      ...[-0.5, -0.25, 0.5, 1e-16, 2 ** -53, 2 ** 53].flatMap(around),
      ...[1 - 2 ** -53, 0.999, 0.99, 0.9].map(x => -x),
      ...upTo(40, () => share() * 10_000),
      ...upTo(20, () => share() - 0.5),
      ...[Number.MIN_VALUE, 1e-300, 1e300, Number.MAX_VALUE],
    ],
    exp: [
      ...upTo(64, i => 23 * i - 745),
      ...upTo(30, i => 2 ** (-2 * i)),
      ...upTo(30, i => -(2 ** (-2 * i))),
      ...[1, -1, Math.LN2 / 2, -Math.LN2 / 2, Math.LN2, 709.78, -708.3, -745.1].flatMap(around),
      ...upTo(40, () => share() * 40 - 20),
      ...[709.782712893384, -744.4400719213812, -745.13],
    ].filter(x => x < 709.7827128933841),
  }
}

export const elementaryRows = (): ElementaryRow[] => [
  ...SPECIAL.map(([name, x, y]): ElementaryRow => [name, hexOf(x), hexOf(y), hexOf(y)]),
  ...(['log', 'log1p', 'exp'] as const).flatMap(name =>
    [...new Set(inputs()[name])].map(
      (x): ElementaryRow => [name, hexOf(x), hexOf(nearest(TRUTH[name](x))), hexOf(OURS[name](x))],
    ),
  ),
]

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

export const ledgerHashes = (commits: Vectors['ledger']['commits']): string[] => {
  const hashes = ['0'.repeat(64)]
  for (const { at, events } of commits) {
    for (const event of events) hashes.push(sha256(JSON.stringify([hashes.at(-1), hashes.length, at, event])))
  }
  return hashes.slice(1)
}

export const pseudonymOf = ({ key, site, segmentation, epoch }: Vectors['pseudonyms'][number]): string =>
  createHmac('sha256', Buffer.from(key, 'hex'))
    .update(`pseudonym|${site}|${segmentation}|${epoch}`)
    .digest()
    .subarray(0, 16)
    .toString('base64url')
