import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'libsql'
import { describe, expect, it } from 'vitest'
import { EPOCH_MS, epochOf } from '../../core/epoch.ts'
import { printReport, printTicket } from '../../core/report.ts'
import type { SegmentId } from '../../core/segmentation.ts'
import { count, record } from '../harness/size.ts'
import { type Running, run, send, start, total } from './process.ts'
import { createWorld, EPOCH, MIDDLE, PLAIN, pseudonym, report, temporary } from './world.ts'

const now = () =>
  report({ epoch: epochOf(Date.now()), segment: ['a1', 'b2', 'c3'][Math.floor(Math.random() * 3)] as SegmentId })
const post = (server: Running, body: string) => send(`${server.url}/v1/reports`, body)

describe('a report that was answered 204', () => {
  it('is kept though the process is killed, and counted once though it is sent again', async () => {
    const db = join(temporary(), 'counts.db')
    const rounds = count(20, 3)
    const answered: string[] = []
    const unanswered: string[] = []
    for (let round = 0; round < rounds; round++) {
      const server = await start(db)
      const counted = await total(server.url)
      expect(counted).toBeGreaterThanOrEqual(answered.length)
      expect(counted).toBeLessThanOrEqual(answered.length + unanswered.length)
      let running = true
      const before = answered.length
      let atWork = (): void => {}
      const busy = new Promise<void>(done => {
        atWork = done
      })
      const device = async () => {
        while (running) {
          const body = printReport(now())
          const status = await post(server, body).then(
            it => it.status,
            () => 0,
          )
          if (status === 204) answered.push(body)
          else unanswered.push(body)
          // However slow the machine: a kill before anything was answered shows nothing.
          if (answered.length > before + 10) atWork()
          if (status !== 204) return expect(status).toBe(0)
        }
      }
      const devices = Array.from({ length: 16 }, device)
      await busy
      await new Promise(resolve => setTimeout(resolve, Math.random() * 300))
      expect(await server.end('SIGKILL')).toBe(null)
      running = false
      await Promise.all(devices)
    }
    const server = await start(db)
    expect(answered.length).toBeGreaterThan(rounds * 10)
    // What had no answer is sent again, as a device does; and some of what had one, as a device may.
    const again = [...unanswered, ...answered.slice(-200)]
    for (const body of again) expect((await post(server, body)).status).toBe(204)
    const counted = await total(server.url)
    const sent = answered.length + unanswered.length
    expect(counted).toBe(sent)
    record(
      'Reports lost after their 204, collector killed under load',
      Math.max(0, sent - counted),
      'reports',
      answered.length,
    )
    record('Reports counted twice, collector killed under load', Math.max(0, counted - sent), 'reports', sent)
    await server.end('SIGTERM')
  })

  it('is written before the server stops, and the stop is clean', async () => {
    const folder = temporary()
    const server = await start(join(folder, 'counts.db'))
    const sent = Array.from({ length: 20 }, () => post(server, printReport(now())))
    expect((await Promise.all(sent)).every(it => it.status === 204)).toBe(true)
    expect(await server.end('SIGTERM')).toBe(0)
    expect(readdirSync(folder)).toEqual(['counts.db'])
    expect(statSync(join(folder, 'counts.db')).mode & 0o777).toBe(0o600)
    const next = await start(join(folder, 'counts.db'))
    expect(await total(next.url)).toBe(20)
    expect(await next.end('SIGINT')).toBe(0)
  })
})

describe('the collector keeps nothing of a request but the report', () => {
  it('neither in its files nor in what it prints', async () => {
    const folder = temporary()
    const db = join(folder, 'counts.db')
    const server = await start(db, ['--site', 'shop'])
    const MARK = 'zebra'
    const headers = Object.fromEntries(
      [
        'User-Agent',
        'Referer',
        'Cookie',
        'X-Forwarded-For',
        'Forwarded',
        'Authorization',
        'Accept-Language',
        'Origin',
        'DNT',
        'X-Request-Id',
      ].map(name => [name, `${MARK}-${name}`]),
    )
    const address = '127.0.0.77'
    const ask = (path: string, body: string, more = {}) =>
      send(server.url + path, body, { ...PLAIN, ...headers, ...more }, address)
    const kept = now()
    expect((await ask(`/v1/reports?${MARK}`, printReport(kept))).status).toBe(204)
    expect((await ask('/v1/erasures', printTicket({ v: 1, site: 'shop', pseudonym: pseudonym() }))).status).toBe(204)
    const refused = await Promise.all([
      ask(`/${MARK}`, ''),
      ask('/v1/reports', MARK),
      ask('/v1/reports', JSON.stringify({ ...now(), site: MARK })),
      ask('/v1/reports', JSON.stringify({ ...now(), [MARK]: MARK })),
      ask('/v1/reports', MARK.repeat(100)),
      ask('/v1/reports', '{}', { 'Content-Type': MARK }),
    ])
    expect(refused.map(it => it.status)).toEqual([404, 400, 404, 400, 413, 415])
    // Something to be logged: the database is held by another.
    const other = new Database(db)
    other.exec('BEGIN EXCLUSIVE')
    expect((await ask('/v1/reports', printReport(now()))).status).toBe(503)
    expect(server.printed()).toContain('SQLITE_BUSY')
    other.exec('ROLLBACK')
    other.close()
    const files = () =>
      readdirSync(folder)
        .map(file => readFileSync(join(folder, file), 'latin1'))
        .join('')
    expect(files()).toContain(kept.pseudonym)
    for (const all of [files(), server.printed()]) {
      expect(all.toLowerCase()).not.toContain(MARK)
      expect(all).not.toContain(address)
    }
    expect(server.printed()).not.toContain(kept.pseudonym)
    await server.end('SIGTERM')
    expect(files().toLowerCase()).not.toContain(MARK)
  })
})

describe('while the database cannot be written', () => {
  const unavailable = (it: { status: number; headers: Record<string, unknown>; body: string }) => {
    expect(it.status).toBe(503)
    expect(Number(it.headers['retry-after'])).toBeGreaterThan(0)
    expect(it.headers['content-type']).toBe('application/problem+json')
  }

  it('because another holds it, reports are answered 503 and leave nothing; then they count', async () => {
    const world = createWorld()
    const other = new Database(world.path)
    other.exec('BEGIN IMMEDIATE')
    const own = { pseudonym: pseudonym() }
    const answers = await Promise.all([world.report(own), world.report(), world.erase({})])
    for (const answer of answers)
      unavailable({ status: answer.status, headers: Object.fromEntries(answer.headers), body: '' })
    other.exec('ROLLBACK')
    other.close()
    expect(await world.counts()).toEqual({})
    expect((await world.report(own)).status).toBe(204)
    expect(await world.counts()).toEqual({ '0 visit/b2': 1 })
    expect(world.logged).toHaveLength(1)
  })

  it('because the disk takes no more, what was answered 204 is there, and nothing else', async () => {
    const db = join(temporary(), 'counts.db')
    const server = await start(db, [], 400)
    let kept = 0
    let last = await post(server, printReport(now()))
    for (; last.status === 204; kept++) last = await post(server, printReport(now()))
    unavailable(last)
    expect(kept).toBeGreaterThan(0)
    expect(await total(server.url)).toBe(kept)
    await server.end('SIGKILL')
    const next = await start(db)
    expect(await total(next.url)).toBe(kept)
    await next.end('SIGTERM')
  })

  it('because it has grown to its limit, erasures are taken still; and reports once an epoch has closed', async () => {
    const world = createWorld({ mostBytes: 100_000 })
    const own = { pseudonym: pseudonym() }
    await world.report(own)
    let status = 204
    while (status === 204)
      status = Math.max(...(await Promise.all(Array.from({ length: 20 }, () => world.report()))).map(it => it.status))
    expect(status).toBe(503)
    const before = (await world.counts())['0 visit/b2'] as number
    expect((await world.erase(own)).status).toBe(204)
    expect((await world.counts())['0 visit/b2']).toBe(before - 1)
    world.at(MIDDLE + 2 * EPOCH_MS)
    await world.tally.closeEpochs(MIDDLE + 2 * EPOCH_MS)
    expect((await world.report({ epoch: (EPOCH + 2) as typeof EPOCH })).status).toBe(204)
  })
})

describe('the command line', () => {
  it('explains itself, and says what is wrong in a line', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, printed: expect.stringContaining('--minimum-size') })
    for (const [args, said] of [
      [['--port', 'http'], '--port'],
      [['--colour'], '--colour'],
      [['--site', 'No Site'], '--site'],
      [['--origin', 'shop'], '--origin'],
      [['--model', '/nowhere.json'], '/nowhere.json'],
    ] as const) {
      const { code, printed } = await run('--db', join(temporary(), 'x.db'), ...args)
      expect([code, printed.trim().split('\n').length], printed).toEqual([1, 1])
      expect(printed).toContain(said)
    }
  })
})
