import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Epoch } from '../../core/epoch.ts'
import { ParseError } from '../../core/parse.ts'
import type { Pseudonym } from '../../core/pseudonym.ts'
import {
  LAST_SEQ,
  parseReport,
  parseTicket,
  printReport,
  printTicket,
  REPORT_BYTES,
  type Report,
} from '../../core/report.ts'
import type { SegmentId } from '../../core/segmentation.ts'
import { runs } from './arbitrary.ts'

const id = fc.stringMatching(/^[a-z][a-z0-9-]{0,15}$/)
const pseudonym = fc.stringMatching(/^[A-Za-z0-9_-]{21}[AQgw]$/).map(text => text as Pseudonym)
const site = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,23}$/)
const seq = fc.integer({ min: 1, max: LAST_SEQ })

const anyReport: fc.Arbitrary<Report> = fc.record(
  {
    v: fc.constant(1 as const),
    site,
    model: fc.tuple(id, fc.integer({ min: 1, max: 9999 })).map(([name, revision]) => `${name}.${revision}`),
    epoch: fc.nat(99_999).map(epoch => epoch as Epoch),
    segmentation: id,
    segment: fc.stringMatching(/^[a-z0-9]{1,8}$/).map(text => text as SegmentId),
    pseudonym,
    seq,
    notice: fc.stringMatching(/^[A-Za-z0-9.-]{1,16}$/),
  },
  { noNullPrototype: true },
)

describe('a report', () => {
  it('is read as it was written', () => {
    const property = fc.property(anyReport, it => {
      expect(parseReport(printReport(it))).toEqual(it)
    })
    fc.assert(property, runs(50_000, 1000))
  })

  it('is as long with every seq, so that its size says nothing', () => {
    const property = fc.property(anyReport, seq, seq, (it, a, b) => {
      expect(printReport({ ...it, seq: a })).toHaveLength(printReport({ ...it, seq: b }).length)
    })
    fc.assert(property, runs(20_000, 500))
  })

  it('fits what a collector takes, with the longest ids that are allowed', () => {
    const longest = {
      v: 1,
      site: 's'.repeat(24),
      model: `${'m'.repeat(16)}.9999`,
      epoch: 99_999,
      segmentation: 'q'.repeat(16),
      segment: 'z'.repeat(8),
      pseudonym: `${'_'.repeat(21)}w`,
      seq: LAST_SEQ,
      notice: 'n'.repeat(16),
    } as unknown as Report
    expect(parseReport(JSON.stringify(longest))).toEqual(longest)
    expect(Buffer.byteLength(printReport(longest))).toBeLessThanOrEqual(REPORT_BYTES)
    const property = fc.property(
      anyReport,
      it => Buffer.byteLength(printReport(it)) <= Buffer.byteLength(printReport(longest)),
    )
    fc.assert(property, runs(10_000, 300))
  })

  it('with anything else in it, or anything missing, is refused', () => {
    const property = fc.property(anyReport, fc.string(), fc.jsonValue(), (it, field, value) => {
      fc.pre(!(field in it))
      const more = JSON.parse(JSON.stringify(it))
      Object.defineProperty(more, field, { value, enumerable: true })
      expect(() => parseReport(JSON.stringify(more))).toThrow(ParseError)
      for (const known of Object.keys(it)) {
        expect(() => parseReport(JSON.stringify({ ...it, [known]: undefined }))).toThrow(ParseError)
      }
    })
    fc.assert(property, runs(10_000, 300))
  })

  it('any garbage is refused with a place and a mend, and nothing but a ParseError is thrown', () => {
    const garbage = fc.oneof(fc.string({ unit: 'binary' }), fc.json())
    const property = fc.property(garbage, text => {
      for (const parse of [parseReport, parseTicket]) {
        try {
          parse(text)
          expect.unreachable()
        } catch (error) {
          expect(error).toBeInstanceOf(ParseError)
          expect((error as ParseError).place).not.toBe('')
          expect((error as ParseError).mend).not.toBe('')
        }
      }
    })
    fc.assert(property, runs(20_000, 500))
  })
})

describe('a ticket', () => {
  it('is read as it was written, and all of a site are equally long', () => {
    const property = fc.property(site, pseudonym, pseudonym, (it, a, b) => {
      expect(parseTicket(printTicket({ v: 1, site: it, pseudonym: a }))).toEqual({ v: 1, site: it, pseudonym: a })
      expect(printTicket({ v: 1, site: it, pseudonym: a })).toHaveLength(
        printTicket({ v: 1, site: it, pseudonym: b }).length,
      )
    })
    fc.assert(property, runs(10_000, 300))
  })
})
