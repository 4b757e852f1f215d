// `nearside init` and `nearside revise`: what a site begins with, and what a change by hand asks for.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from '../../cli/run.ts'
import { parseConfig } from '../../core/config.ts'
import { needsOf } from '../../core/needs.ts'
import { parseModel } from '../../core/parse-model.ts'
import { nearside, scratch } from '../trainer/io.ts'

const read = (path: string): string => readFileSync(path, 'utf8')
const sdk = join(import.meta.dirname, '../../dist/sdk')
const ASKED = ['--yes', '--name', 'Fern & Hollow', '--contact', 'privacy@fern.example']

describe('nearside init', () => {
  it('writes a config, the tag with its files’ integrity, and what the site says of the signal', async () => {
    const site = scratch()('site')
    const { code, out } = await nearside(
      'init',
      site,
      ...ASKED,
      '--sdk',
      sdk,
      '--reports',
      'https://counts.fern.example',
    )
    expect(code).toBe(0)
    expect(out).toContain('/nearside/model.json')
    const config = parseConfig(read(join(site, 'nearside.json')))
    expect(config).toMatchObject({
      site: 'fern-hollow',
      controller: { name: 'Fern & Hollow' },
      reports: { retention: 14 },
    })
    const starter = parseModel(read(join(import.meta.dirname, '../../sdk/starter/starter.json')))
    expect(config.needs).toEqual(needsOf(starter.features))
    const tag = read(join(site, 'nearside-tag.html'))
    for (const file of ['nearside.js', 'nearside-paint.js']) {
      const hash = createHash('sha384')
        .update(readFileSync(join(sdk, file)))
        .digest('base64')
      expect(tag).toContain(`src="/nearside/${file}" integrity="sha384-${hash}"`)
    }
    const gpc = JSON.parse(read(join(site, '.well-known/gpc.json')))
    expect(gpc).toEqual({ gpc: true, lastUpdate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) })
  })

  it('asks for what was not said, and takes what it proposes where nothing is typed', async () => {
    const site = scratch()('site')
    const asked: string[] = []
    const typed: { [start: string]: string } = { 'Who asks': 'Ada’s Teas', Contact: '+44 1632 960001' }
    const ask = async (question: string): Promise<string> => {
      asked.push(question)
      return Object.entries(typed).find(([start]) => question.startsWith(start))?.[1] ?? ''
    }
    const io = { out: () => {}, err: () => {}, now: () => 0, ask }
    expect(await run(['init', site, '--sdk', sdk, '--jurisdiction', 'GB'], io)).toBe(0)
    expect(asked).toHaveLength(6)
    const { controller, site: id, purposes } = parseConfig(read(join(site, 'nearside.json')))
    expect(controller).toEqual({
      name: 'Ada’s Teas',
      contact: '+44 1632 960001',
      privacy: '/privacy',
      jurisdiction: 'GB',
    })
    expect([id, purposes]).toEqual(['ada-s-teas', ['personalization']])
  })

  it('overwrites nothing without --force, and says what is there', async () => {
    const site = scratch()('site')
    mkdirSync(join(site, '.well-known'), { recursive: true })
    writeFileSync(join(site, '.well-known/gpc.json'), 'mine')
    const refused = await nearside('init', site, ...ASKED, '--sdk', sdk)
    expect(refused).toMatchObject({ code: 1, err: expect.stringMatching(/gpc\.json: is there already\. Add --force/) })
    expect(existsSync(join(site, 'nearside.json'))).toBe(false)
    expect(read(join(site, '.well-known/gpc.json'))).toBe('mine')
    const forced = await nearside('init', site, ...ASKED, '--sdk', sdk, '--force', '--json')
    expect(JSON.parse(forced.out)).toMatchObject({ notice: parseConfig(read(join(site, 'nearside.json'))).notice })
  })

  it.each([
    [['--yes'], 2, 'no --name'],
    [[], 2, 'nobody to ask'],
    [['a', 'b', ...ASKED], 2, 'more than one folder'],
    [['--colour'], 2, '--colour'],
    [[...ASKED, '--sdk', 'nowhere'], 1, 'nearside.js is not there'],
    [[...ASKED, '--sdk', sdk, '--privacy', 'javascript:alert(1)'], 1, 'controller.privacy'],
    [[...ASKED, '--sdk', sdk, '--model', 'package.json'], 1, 'package.json'],
  ])('says what is wrong with %j, and writes nothing', async (args, code, message) => {
    const site = scratch()('site')
    const ran = await nearside('init', ...(args.includes('b') ? args : [site, ...args]))
    expect(ran.err).toContain(message)
    expect([ran.code, existsSync(site)]).toEqual([code, false])
  })

  it('explains itself, with an example that works as it stands', async () => {
    const { out } = await nearside('init', '--help')
    const [, example = ''] = /Example: nearside (init .*)$/.exec(out) ?? []
    const words = [...example.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
    const site = scratch()('site')
    expect((await nearside(...words.map(word => (word === 'public' ? site : word)))).code).toBe(0)
  })
})

describe('nearside revise', () => {
  const config = {
    v: 1,
    site: 's',
    controller: { name: 'A', contact: 'b' },
    notice: 'old',
    model: '/m.json',
    needs: [],
  }

  it('writes the revision in its place, and leaves every other byte', async () => {
    const at = scratch()
    const text = `${JSON.stringify(config, null, 3)}\n\n`
    const path = at('nearside.json', text)
    expect(await nearside('revise', path, '--check')).toMatchObject({
      code: 1,
      err: expect.stringContaining('found old'),
    })
    expect(read(path)).toBe(text)
    expect(await nearside('revise', path)).toMatchObject({ code: 0, out: expect.stringContaining('asked again') })
    const { notice } = parseConfig(read(path))
    expect(read(path)).toBe(text.replace('"old"', `"${notice}"`))
    expect(await nearside('revise', path, '--check', '--json')).toMatchObject({
      code: 0,
      out: JSON.stringify({ notice, before: notice, changed: false }),
    })
  })

  it('finds its place where the site’s own words name a notice as well, and where none stands yet', async () => {
    const at = scratch()
    const { notice: _, ...without } = config
    for (const [i, it] of [{ words: { en: { notice: 'old' } }, ...config }, without].entries()) {
      const path = at(`${i}.json`, JSON.stringify(it))
      expect((await nearside('revise', path)).code).toBe(0)
      const { notice, words } = parseConfig(read(path))
      expect(notice).toMatch(/^[0-9a-z]{6}$/)
      expect(words).toEqual('words' in it ? it.words : {})
    }
  })

  it('says what is wrong, and writes nothing', async () => {
    const at = scratch()
    for (const text of ['[]', '{', '{"v":1}', 'null']) {
      const path = at('bad.json', text)
      expect((await nearside('revise', path)).code).toBe(1)
      expect(read(path)).toBe(text)
    }
    expect((await nearside('revise')).code).toBe(2)
  })
})
