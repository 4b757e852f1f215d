import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AGGREGATES } from '../../../core/feature.ts'
import { numberOf } from '../../vectors/bits.ts'
import { clusterDigest } from '../../vectors/clusters.ts'
import { elementaryDigest, featureDigest } from '../../vectors/digest.ts'
import { elementaryRows, ledgerHashes, pseudonymOf, TRUTH } from '../../vectors/independent.ts'
import { ulpsOff } from '../../vectors/oracle.ts'
import { readVectors } from '../../vectors/read.ts'
import { differencesFrom } from '../../vectors/run.ts'

const vectors = readVectors()

describe('the golden vectors', () => {
  it('core gives them, to the last bit', async () => {
    expect(await differencesFrom(vectors)).toEqual([])
  })

  it('a vector that is not so is noticed, of every sort', async () => {
    const [row, report, pair, pseudonym] = [
      vectors.elementary.at(-1),
      vectors.reports[0],
      vectors.pairs[1],
      vectors.pseudonyms[0],
    ]
    const spoilt = {
      ...vectors,
      elementary: [[row?.[0], row?.[1], '', '0000000000000001'] as never],
      features: vectors.features
        .slice(0, 1)
        .map(it => ({ ...it, raw: it.raw.map(() => 7), vector: it.raw.map(() => 7) })),
      assignments: { ...vectors.assignments, cases: [{ says: 'wrong', raw: [1, 1, 1, 1], is: {} }] },
      pseudonyms: [{ ...pseudonym, epoch: 1 } as never],
      reports: [{ ...report, text: '{}' } as never],
      ledger: { ...vectors.ledger, hashes: [] },
      pairs: [{ ...pair, pairs: 2 } as never],
    }
    const found = await differencesFrom({ ...spoilt, reports: vectors.reports })
    expect(found.map(line => line.split(/[ :]/)[0])).toEqual([
      'exp',
      'every',
      'every',
      'wrong',
      'pseudonym',
      'ledger',
      'pairs',
      'grants',
    ])
  })

  it('twenty thousand inputs of each function, a thousand visitors and a cloud clustered come to the digest on file', async () => {
    const digests = {
      elementary: await elementaryDigest(20_000),
      features: await featureDigest(1000),
      clusters: await clusterDigest(1500),
    }
    await expect(`${JSON.stringify(digests, null, 2)}\n`).toMatchFileSnapshot('../../vectors/digests.json')
  })
})

describe('the golden vectors come from elsewhere', () => {
  const rows = elementaryRows()

  it('logarithms and exponentials: from whole numbers, two hundred bits long', async () => {
    const lines = rows.map(row => `  ${JSON.stringify(row)}`)
    await expect(`[\n${lines.join(',\n')}\n]\n`).toMatchFileSnapshot('../../vectors/elementary.json')
    expect(rows.length).toBeGreaterThanOrEqual(400)
    expect(new Set(rows.map(([name, x]) => `${name} ${x}`)).size).toBe(rows.length)
  })

  it('and core is exact at the special values, within 2 units in the last place of all others', () => {
    for (const [name, x, nearest, bits] of rows) {
      const special = ['0000000000000000', '8000000000000000'].includes(x) || !Number.isFinite(numberOf(nearest))
      if (special || nearest === '0000000000000000') expect(bits).toBe(nearest)
      else expect(ulpsOff(numberOf(bits), TRUTH[name](numberOf(x)))).toBeLessThan(2)
    }
  })

  it('pseudonyms and the ledger: from the cryptography of Node', () => {
    for (const row of vectors.pseudonyms) expect(row.pseudonym).toBe(pseudonymOf(row))
    expect(new Set(vectors.pseudonyms.map(({ pseudonym }) => pseudonym)).size).toBe(vectors.pseudonyms.length)
    expect(vectors.ledger.hashes).toEqual(ledgerHashes(vectors.ledger.commits))
  })

  it('transforms: what they are worth agrees with the oracle, and features name every aggregate', () => {
    const text = readFileSync(join(import.meta.dirname, '../../vectors/features.json'), 'utf8')
    for (const name of AGGREGATES) expect(text).toContain(`"aggregate": "${name}"`)
    expect(ulpsOff(2.1972245773362196, TRUTH.log1p(8))).toBeLessThan(1)
    expect(0.8112781244591328).toBeCloseTo(2 - 0.75 * Math.log2(3), 14)
  })
})
