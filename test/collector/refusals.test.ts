import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EPOCH_MS, type Epoch } from '../../core/epoch.ts'
import { printReport } from '../../core/report.ts'
import { count, seed } from '../harness/size.ts'
import { createWorld, EPOCH, MIDDLE, PLAIN, pseudonym, report } from './world.ts'

const problemOf = async (response: Response) => {
  expect(response.headers.get('Content-Type')).toBe('application/problem+json')
  const it = (await response.json()) as {
    type: string
    title: string
    status: number
    detail: string
    place?: string
    mend?: string
  }
  expect(it.status).toBe(response.status)
  expect([it.title, it.detail].every(text => text.length > 0)).toBe(true)
  return it
}

describe('a report', () => {
  it('has at most 256 bytes', async () => {
    const world = createWorld()
    const whole = printReport(report())
    expect((await world.post('/v1/reports', whole.padEnd(256))).status).toBe(204)
    const response = await world.post('/v1/reports', whole.padEnd(257))
    expect((await problemOf(response)).type).toBe('/problems#too-long')
    expect(response.status).toBe(413)
    // Characters are not bytes.
    expect((await world.post('/v1/reports', 'é'.repeat(129))).status).toBe(413)
    expect((await world.post('/v1/reports', whole, { ...PLAIN, 'Content-Length': '257' })).status).toBe(413)
  })

  it('that never ends is not read to its end', async () => {
    const world = createWorld()
    let read = 0
    let cancelled = false
    const endless = new ReadableStream<Uint8Array>(
      {
        pull: stream => {
          read += 100
          stream.enqueue(new Uint8Array(100).fill(32))
        },
        cancel: () => {
          cancelled = true
        },
      },
      { highWaterMark: 0 },
    )
    expect((await world.post('/v1/reports', endless)).status).toBe(413)
    expect(cancelled).toBe(true)
    expect(read).toBeLessThanOrEqual(300)
  })

  it('with a field that is not known is refused, by place and mend', async () => {
    const world = createWorld()
    const response = await world.post('/v1/reports', JSON.stringify({ ...report(), email: 'a@b.example' }))
    expect(response.status).toBe(400)
    const it = await problemOf(response)
    expect(it.place).toBe('report.email')
    expect(it.mend).toContain('segmentation')
    expect(await world.counts()).toEqual({})
  })

  it('never comes back in the answer, least of all its pseudonym', async () => {
    const world = createWorld()
    const secret = pseudonym()
    const fields = ['v', 'site', 'model', 'epoch', 'segmentation', 'segment', 'pseudonym', 'seq', 'notice']
    const bodies = [
      `{"v":1,"pseudonym":"${secret}"`,
      `"${secret}"`,
      secret,
      JSON.stringify({ [secret]: 1 }),
      JSON.stringify({ ...report(), pseudonym: `${secret}x` }),
      ...fields.map(field =>
        JSON.stringify({ ...report({ pseudonym: secret }), [field]: field === 'pseudonym' ? [secret] : secret }),
      ),
    ]
    for (const body of bodies) {
      const response = await world.post('/v1/reports', body)
      expect([400, 422, 404]).toContain(response.status)
      expect(await response.text()).not.toContain(secret)
    }
    expect(world.logged).toEqual([])
  })

  it('is plain text, or refused', async () => {
    const world = createWorld()
    const body = printReport(report())
    for (const type of [
      'application/json',
      'text/html',
      'application/x-www-form-urlencoded',
      'text/plain; charset=latin1',
      'text/plainer',
      '',
    ])
      expect((await world.post('/v1/reports', new Blob([body]), { 'Content-Type': type })).status, type).toBe(415)
    expect((await world.post('/v1/reports', body, { ...PLAIN, 'Content-Encoding': 'gzip' })).status).toBe(415)
    for (const type of ['text/plain', 'TEXT/PLAIN;charset=utf-8', 'text/plain; charset="UTF-8"'])
      expect((await world.post('/v1/reports', body, { 'Content-Type': type })).status, type).toBe(204)
  })

  it('names the current epoch, the one before, or near its turn the next', async () => {
    const world = createWorld()
    const status = async (epoch: number): Promise<number> => (await world.report({ epoch: epoch as Epoch })).status
    expect([await status(EPOCH - 2), await status(EPOCH - 1), await status(EPOCH), await status(EPOCH + 1)]).toEqual([
      422, 204, 204, 422,
    ])
    world.at((EPOCH + 1) * EPOCH_MS - 30 * 60_000)
    expect([await status(EPOCH + 1), await status(EPOCH + 2)]).toEqual([204, 422])
    world.at(MIDDLE)
    expect(await status(99_999)).toBe(422)
  })

  it('is taken for the sites that are listed, and no other', async () => {
    const world = createWorld({ sites: ['shop'] })
    expect((await world.report()).status).toBe(204)
    const response = await world.report({ site: 'stranger' })
    expect(response.status).toBe(404)
    expect((await problemOf(response)).type).toBe('/problems#unknown-site')
    expect((await world.app.request('/v1/sites/stranger/counts')).status).toBe(404)
    expect(world.tally.sites()).toEqual(['shop'])
  })

  it('is taken from the origins that are listed; erasures from any', async () => {
    const world = createWorld({ origins: ['https://shop.example'] })
    const from = (origin: string) => world.post('/v1/reports', printReport(report()), { ...PLAIN, Origin: origin })
    expect((await from('https://shop.example')).status).toBe(204)
    expect((await from('https://evil.example')).status).toBe(403)
    const ticket = JSON.stringify({ v: 1, site: 'shop', pseudonym: pseudonym() })
    expect((await world.post('/v1/erasures', ticket, { ...PLAIN, Origin: 'moz-extension://x' })).status).toBe(204)
  })

  it('of any content at all is answered, and never with a fault', async () => {
    const world = createWorld()
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(null, Number.MAX_VALUE, -0, '__proto__', [], {}, EPOCH, report().pseudonym),
    )
    const almost = fc
      .record({ field: fc.constantFrom(...Object.keys(report()), '__proto__', 'constructor', 'toString'), value })
      .map(({ field, value }) => JSON.stringify({ ...report(), [field]: value }))
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      almost,
      fc.constant(`${'['.repeat(250)}`),
      fc.constant(''),
    )
    const path = fc.constantFrom('/v1/reports', '/v1/erasures')
    await fc.assert(
      fc.asyncProperty(path, fc.oneof(anything, fc.uint8Array({ maxLength: 300 })), async (path, body) => {
        const response = await world.post(path, body as BodyInit)
        expect([204, 400, 404, 413, 422]).toContain(response.status)
        if (response.status !== 204) await problemOf(response)
      }),
      { seed, numRuns: count(100_000, 2000) },
    )
    expect(world.logged).toEqual([])
  })
})

describe('whoever asks in another way', () => {
  it('is told how, or that there is nothing', async () => {
    const world = createWorld()
    for (const [method, path, status, allow] of [
      ['GET', '/v1/reports', 405, 'POST, OPTIONS'],
      ['PUT', '/v1/erasures', 405, 'POST, OPTIONS'],
      ['DELETE', '/v1/sites/shop/counts', 405, 'GET, HEAD'],
      ['POST', '/', 405, 'GET, HEAD'],
      ['GET', '/v2/reports', 404, null],
      ['POST', '/v1', 404, null],
      ['GET', '/v1/sites/shop/counts?epoch=x', 400, null],
    ] as const) {
      const response = await world.app.request(path, { method })
      expect([response.status, response.headers.get('Allow')], `${method} ${path}`).toEqual([status, allow])
      await problemOf(response)
    }
  })

  it('from another origin may send, and read the status, but never as anybody', async () => {
    const world = createWorld()
    for (const path of ['/v1/reports', '/v1/erasures']) {
      const preflight = await world.app.request(path, {
        method: 'OPTIONS',
        headers: { Origin: 'https://shop.example' },
      })
      expect([preflight.status, preflight.headers.get('Access-Control-Allow-Methods')]).toEqual([204, 'POST'])
      for (const response of [preflight, await world.post(path, printReport(report())), await world.post(path, 'x')]) {
        expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*')
        expect(response.headers.get('Access-Control-Allow-Credentials')).toBeNull()
      }
    }
    expect((await world.app.request('/v1/sites/shop/counts')).headers.get('Access-Control-Allow-Origin')).toBeNull()
  })

  it('gets nothing that is cached, sniffed or told on, and never a cookie', async () => {
    const world = createWorld()
    for (const response of [
      await world.report(),
      await world.post('/v1/reports', 'x'),
      await world.app.request('/'),
      await world.app.request('/nothing'),
    ]) {
      expect(response.headers.get('Cache-Control')).toBe('no-store')
      expect(response.headers.get('Referrer-Policy')).toBe('no-referrer')
      expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
      expect(response.headers.get('Content-Security-Policy')).toMatch(
        /^default-src 'none'; style-src 'self'; img-src 'self';/,
      )
      expect(response.headers.get('Set-Cookie')).toBeNull()
    }
  })
})
