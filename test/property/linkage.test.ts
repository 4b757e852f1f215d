// Eight weeks of pseudonymous reports, of devices in the same segments: whoever holds them all joins them no better than by guessing.
import { describe, expect, it } from 'vitest'
import { EPOCH_MS, type Epoch, epochOf } from '../../core/epoch.ts'
import { deriveToken } from '../../core/private-report.ts'
import { derivePseudonym } from '../../core/pseudonym.ts'
import { parseReport, printReport } from '../../core/report.ts'
import type { SegmentId } from '../../core/segmentation.ts'
import { keyring } from '../../store/cipher.ts'
import { enqueue, observe } from '../../worker/reporter.ts'
import { START } from '../harness/served-site.ts'
import { count, record } from '../harness/size.ts'

const DEVICES = count(1000, 120)
const EPOCHS = 8
const QUESTIONS = ['visit', 'cart'] as const
const SETTINGS = { url: 'https://count.example', maxDelay: 60_000, stable: 10_000, retention: 14 }

/** What the collector sees of a report: its bytes, and when they came; and, which only the test knows, of whom. */
interface Seen {
  readonly who: number
  readonly bytes: Buffer
  readonly at: number
}

const seenOf = async (): Promise<Map<string, Seen[]>> => {
  const seen = new Map<string, Seen[]>()
  for (let who = 0; who < DEVICES; who++) {
    const cipher = await keyring.open(keyring.renew(undefined))
    for (let e = 0; e < EPOCHS; e++) {
      const now = START + e * EPOCH_MS
      const epoch = epochOf(now)
      for (const segmentation of QUESTIONS) {
        const pseudonym = await derivePseudonym(cipher, 'shop', segmentation, epoch)
        const segment = 's1' as SegmentId
        const body = printReport({
          ...{ v: 1, site: 'shop', model: 'shop.1', epoch, segmentation, segment, pseudonym, seq: 1, notice: 'n' },
        })
        const waiting = enqueue(observe(undefined, segment, 's0' as SegmentId, now), body, SETTINGS, Math.random, now)
        const bytes = Buffer.from(parseReport(body).pseudonym, 'base64url')
        const name = `${segmentation} ${epoch}`
        seen.set(name, [...(seen.get(name) ?? []), { who, bytes, at: waiting.queued?.due ?? 0 }])
      }
    }
  }
  // In the order in which they came, which is all the order that there is.
  for (const [name, list] of seen)
    seen.set(
      name,
      list.sort((a, b) => a.at - b.at),
    )
  return seen
}

const bitsOf = (byte: number): number => [...byte.toString(2)].filter(bit => bit === '1').length
const BITS = Array.from({ length: 256 }, (_, byte) => bitsOf(byte))
const distance = (a: Buffer, b: Buffer): number =>
  a.reduce((sum, byte, i) => sum + (BITS[byte ^ (b[i] as number)] as number), 0)

const byRank = (by: (it: Seen) => string | number) => (from: readonly Seen[], to: readonly Seen[]) => {
  const sorted = (list: readonly Seen[]): Seen[] => [...list].sort((a, b) => (by(a) < by(b) ? -1 : 1))
  const others = sorted(to)
  return sorted(from).filter(({ who }, i) => others[i]?.who === who).length
}

const nearest = (sign: 1 | -1) => (from: readonly Seen[], to: readonly Seen[]) =>
  from.filter(({ who, bytes }) => {
    let best: Seen | undefined
    let least = Infinity
    for (const other of to) {
      const far = sign * distance(bytes, other.bytes)
      if (far < least) [best, least] = [other, far]
    }
    return best?.who === who
  }).length

/** How many of one list are joined rightly to another: one, by guessing. */
const ATTACKS: { readonly [name: string]: (from: readonly Seen[], to: readonly Seen[]) => number } = {
  'the order in which they came': byRank(({ at }) => at),
  'the order of their bytes': byRank(({ bytes }) => bytes.toString('hex')),
  'the least difference of bits': nearest(1),
  'the greatest difference of bits': nearest(-1),
}

describe('pseudonymous reports of devices in the same segments', () => {
  it('are joined over weeks and questions no better than by guessing', async () => {
    const seen = await seenOf()
    const first = epochOf(START)
    const at = (question: string, e: number): readonly Seen[] => seen.get(`${question} ${first + e}`) ?? []
    const pairs = Array.from({ length: EPOCHS - 1 }, (_, e) => [
      ...QUESTIONS.map(question => [at(question, e), at(question, e + 1)] as const),
      [at('visit', e), at('cart', e)] as const,
    ]).flat()
    for (const [name, attack] of Object.entries(ATTACKS)) {
      const hits = pairs.reduce((sum, [from, to]) => sum + attack(from, to), 0)
      // Each pair of lists gives one by chance, with a variance of one: five standard deviations.
      expect(Math.abs(hits - pairs.length), name).toBeLessThan(5 * Math.sqrt(pairs.length))
      record(`reports joined by ${name}, where guessing joins ${pairs.length}`, hits, 'reports', pairs.length * DEVICES)
    }
  })

  it('are not a week’s pseudonym with something added that is the same for all', async () => {
    const seen = await seenOf()
    const first = epochOf(START)
    const [before, after] = [seen.get(`visit ${first}`) ?? [], seen.get(`visit ${first + 1}`) ?? []]
    const masks = new Set<string>()
    for (const { bytes } of before)
      for (const other of after) {
        const mask = Buffer.from(bytes.map((byte, i) => byte ^ (other.bytes[i] as number))).toString('hex')
        masks.add(mask)
      }
    expect(masks.size).toBe(before.length * after.length)
  })

  it('have tokens, where they are private, of which none comes twice', async () => {
    const tokens = new Set<string>()
    for (let who = 0; who < DEVICES; who++) {
      const cipher = await keyring.open(keyring.renew(undefined))
      for (let e = 0; e < EPOCHS; e++)
        for (const question of QUESTIONS)
          tokens.add(await deriveToken(cipher, 'shop', question, (epochOf(START) + e) as Epoch))
    }
    expect(tokens.size).toBe(DEVICES * EPOCHS * QUESTIONS.length)
  })
})
