// What follows for a device whose reports of this epoch were taken back: measurement was denied, and granted again.
import { describe, expect, it } from 'vitest'
import { EPOCH_MS, epochOf, MINUTE_MS } from '../../core/epoch.ts'
import { parseReport } from '../../core/report.ts'
import type { Signal } from '../../core/signal.ts'
import { createLoneDevice } from '../harness/lone-device.ts'
import { configFor, MODEL_URL, model, START } from '../harness/served-site.ts'

describe('a pseudonym that was erased', () => {
  it('is reported under once more, whatever changes; the next epoch is reported as any', async () => {
    const files = new Map([[MODEL_URL, JSON.stringify(model(1))]])
    const erased = epochOf(START)
    const answer = ({ body }: { body: string }): number => (parseReport(body).epoch === erased ? 410 : 204)
    const device = createLoneDevice({
      config: configFor(model(1), { reports: { url: 'https://count.example' } }),
      files,
      start: START,
      answer,
    })
    const reports = () => device.sent.map(({ body }) => parseReport(body))
    const view = (): Signal => ({ kind: 'page_view', at: device.now() })
    await device.load()
    for (let i = 0; i < 8; i++) {
      await device.ingest([view()])
      await device.wait(5 * MINUTE_MS)
    }
    const assigned = (await device.account()).ledger.filter(({ event }) => event.type === 'segment' && event.before)
    expect(assigned.length).toBeGreaterThan(1)
    const told = reports().map(({ segmentation }) => segmentation)
    expect(told.length).toBeGreaterThan(0)
    expect(new Set(told).size).toBe(told.length)
    await device.wait((erased + 1) * EPOCH_MS - device.now() + MINUTE_MS)
    await device.load()
    await device.ingest([view(), view()])
    await device.wait(5 * MINUTE_MS)
    expect(reports().some(({ epoch }) => epoch === erased + 1)).toBe(true)
  })
})
