// `nearside notice`: what visitors were asked can be shown later.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { configFor } from '../harness/sdk-site.ts'
import { nearside, scratch } from '../trainer/io.ts'

const config = configFor('https://counts.example')
const sdk = join(import.meta.dirname, '../../dist/sdk')

it('each revision is kept as it was published, with the hashes of what said it, and never changed', async () => {
  const at = scratch()
  const [path, out] = [at('nearside.json', config), at('notices')]
  const args = ['notice', path, '--out', out, '--sdk', sdk]
  const { notice, needs } = JSON.parse(config)
  expect((await nearside(...args, '--since', '2026-11-22')).code).toBe(0)
  expect(readdirSync(out)).toEqual([`${notice}.2026-11-22.json`])
  const kept = readFileSync(join(out, `${notice}.2026-11-22.json`), 'utf8')
  expect(JSON.parse(kept)).toMatchObject({
    revision: notice,
    since: '2026-11-22',
    needs,
    purposes: ['personalization', 'measurement'],
    retention: { browsing: 30 },
    reported: 14,
    files: { 'nearside-banner.js': expect.stringMatching(/^sha384-/) },
  })
  expect(await nearside(...args, '--since', '2026-11-22', '--json')).toMatchObject({
    out: expect.stringContaining('"known":true'),
  })
  writeFileSync(path, configFor('https://counts.example', { controller: { name: 'Another', contact: 'b' } }))
  expect(await nearside(...args, '--since', '2026-11-22')).toMatchObject({
    code: 1,
    err: expect.stringContaining('another notice'),
  })
  expect(readFileSync(join(out, `${notice}.2026-11-22.json`), 'utf8')).toBe(kept)
  expect((await nearside(...args, '--since', '2026-11-23')).code).toBe(0)
})

it('a config whose revision is not due is not kept', async () => {
  const at = scratch()
  const path = at('nearside.json', JSON.stringify({ ...JSON.parse(config), notice: 'old' }))
  expect(await nearside('notice', path, '--out', at('notices'), '--sdk', sdk)).toMatchObject({ code: 1 })
  expect(await nearside('notice', path)).toMatchObject({ code: 2 })
})
