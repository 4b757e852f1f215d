// What a site serves is signed by who made it, and entered in a log that only grows.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { canonical } from '../../core/canonical.ts'
import { parseLog } from '../../core/log.ts'
import { nearside, scratch } from '../trainer/io.ts'

const minimal = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../examples/minimal', name), 'utf8')
const model = minimal('model.json')
const turned = (text: string): string =>
  JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text) as object).reverse()))

describe('nearside sign', () => {
  it('puts a signature into a model that nearside verify knows, whatever the order of its fields', async () => {
    const at = scratch()
    const path = at('model.json', model)
    const { code, out } = await nearside('sign', path, '--key', at('key.pem'), '--make-key', '--json')
    expect(code).toBe(0)
    const { modelKey } = JSON.parse(out) as { modelKey: string }
    expect(await nearside('verify', path, '--key', modelKey)).toMatchObject({ code: 0 })
    const other = at('other.json', turned(readFileSync(path, 'utf8')))
    expect(await nearside('verify', other, '--key', modelKey)).toMatchObject({ code: 0 })
    const config = at('nearside.json', JSON.stringify({ modelKey }))
    expect(await nearside('verify', path, '--config', config, '--json')).toMatchObject({ code: 0 })
  })

  it('is undone by any change, another key, or no signature, and says which', async () => {
    const at = scratch()
    const [path, key] = [at('model.json', model), at('key.pem')]
    const { out } = await nearside('sign', path, '--key', key, '--make-key', '--json')
    const { modelKey } = JSON.parse(out) as { modelKey: string }
    const signed = JSON.parse(readFileSync(path, 'utf8')) as { revision: number; signature: string }
    const verified = (document: object, by = modelKey) =>
      nearside('verify', at('tried.json', JSON.stringify(document)), '--key', by)
    expect((await verified({ ...signed, revision: signed.revision + 1 })).err).toContain('not by the key')
    expect((await verified({ ...signed, signature: undefined })).err).toContain('not signed')
    const turnedAround = `${signed.signature.slice(1)}${signed.signature[0]}`
    expect((await verified({ ...signed, signature: turnedAround })).code).toBe(1)
    const another = await nearside('sign', path, '--key', at('second.pem'), '--make-key', '--json')
    const { modelKey: theirs } = JSON.parse(another.out) as { modelKey: string }
    expect((await verified(signed, theirs)).err).toContain('not by the key')
    expect((await verified(signed, `B${'A'.repeat(86)}`)).code).toBe(1)
  })

  it('never writes over a key, and says of a file that is none how to make one', async () => {
    const at = scratch()
    const path = at('model.json', model)
    const key = at('key.pem', 'secret words')
    const again = await nearside('sign', path, '--key', key, '--make-key')
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('a file is there already')])
    const none = await nearside('sign', path, '--key', key)
    expect([none.code, none.err]).toEqual([1, expect.stringContaining('--make-key')])
    expect(none.err).not.toContain('secret')
    expect(readFileSync(key, 'utf8')).toBe('secret words')
  })
})

describe('nearside publish', () => {
  const published = (at: ReturnType<typeof scratch>, ...more: string[]) =>
    nearside('publish', '--config', at('nearside.json'), '--model', at('model.json'), '--log', at('log.json'), ...more)

  it('enters config, notice and model once, and each that changes again', async () => {
    const at = scratch()
    at('nearside.json', minimal('nearside.json'))
    at('model.json', model)
    const first = JSON.parse((await published(at, '--json', '--today', '2026-11-22')).out) as { size: number }
    expect(first).toMatchObject({ size: 3, added: [{ what: 'config' }, { what: 'notice' }, { what: 'model' }] })
    const before = readFileSync(at('log.json'), 'utf8')
    expect((await published(at)).out).toContain('holds all of it already')
    expect(readFileSync(at('log.json'), 'utf8')).toBe(before)
    at('model.json', JSON.stringify({ ...JSON.parse(model), revision: 9 }))
    expect(JSON.parse((await published(at, '--json')).out)).toMatchObject({ size: 4, added: [{ what: 'model' }] })
    expect(parseLog(readFileSync(at('log.json'), 'utf8')).entries.slice(0, 3)).toEqual(parseLog(before).entries)
  })

  it('does not go on with a log that was changed, or is another site’s', async () => {
    const at = scratch()
    at('nearside.json', minimal('nearside.json'))
    at('model.json', model)
    await published(at)
    const log = JSON.parse(readFileSync(at('log.json'), 'utf8')) as { entries: { on: string }[]; site: string }
    at('log.json', JSON.stringify({ ...log, site: 'another' }))
    expect((await published(at)).err).toContain('each site has a log of its own')
    ;(log.entries[0] as { on: string }).on = '2020-01-01'
    at('log.json', JSON.stringify(log))
    expect(await published(at)).toMatchObject({ code: 1, err: expect.stringContaining('not the root of its entries') })
  })
})

describe('nearside power', () => {
  it('says how many devices an effect needs, and that noise asks for more', async () => {
    const { out } = await nearside('power', '--from', '3', '--to', '3.5', '--json')
    const { devices, control, treated } = JSON.parse(out) as { [name: string]: number }
    // About 37,000 is the figure of the textbooks for this effect.
    expect(Math.abs((devices as number) - 37_000) / 37_000).toBeLessThan(0.08)
    expect(control).toBe(treated)
    const noised = await nearside('power', '--from', '3', '--to', '3.5', '--epsilon', '2', '--json')
    expect(JSON.parse(noised.out).devices).toBeGreaterThan(3 * (devices as number))
    const uneven = await nearside('power', '--from', '3', '--to', '3.5', '--control', '10', '--json')
    expect(JSON.parse(uneven.out).devices).toBeGreaterThan(devices as number)
  })

  it('refuses what is no percentage, and an effect that is none', async () => {
    for (const wrong of [
      ['--from', '3', '--to', '3'],
      ['--from', '0', '--to', '3'],
      ['--from', 'three', '--to', '4'],
      ['--from', '3'],
      ['--from', '3', '--to', '4', '--epsilon', '99'],
    ])
      expect((await nearside('power', ...wrong)).code, wrong.join(' ')).toBeGreaterThan(0)
  })
})

describe('the canonical text', () => {
  it('is one for one value', () => {
    expect(canonical({ b: [1, 1e21, 0.1], a: { d: 'é\n', c: null } })).toBe(
      '{"a":{"c":null,"d":"é\\n"},"b":[1,1e+21,0.1]}',
    )
    expect(canonical(JSON.parse(turned(model)))).toBe(canonical(JSON.parse(model)))
  })
})
