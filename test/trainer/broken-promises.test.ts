// What breaks a promise is refused where a model is read, or found where it is looked over, before any visitor meets it.
import { readFileSync } from 'node:fs'
import { createServer, type OutgoingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { revised } from '../../core/config.ts'
import { parseModel } from '../../core/parse-model.ts'
import { model } from '../harness/served-site.ts'
import { nearside, scratch, smallData, smallRecipe } from './io.ts'

type Changed = { [name: string]: never } & { segments: { id: string; label: string }[]; uses: string[] }

/** A good model, its first question and first feature changed. */
const changed = (question: object, feature: object = {}, more: object = {}): string => {
  const document = model(1)
  const [first, ...features] = document.features as object[]
  const [asked, ...segmentations] = document.segmentations as Changed[]
  return JSON.stringify({
    ...document,
    features: [{ ...first, ...feature }, ...features],
    segmentations: [{ ...asked, ...question }, ...segmentations],
    ...more,
  })
}

const segments = (ids: readonly string[], label = 'Some') => ids.map(id => ({ id, label, description: 'A segment.' }))
const rules = { rules: [], otherwise: 'v1' }

describe('a model is refused', () => {
  const cases: { readonly [name: string]: readonly [string, RegExp] } = {
    'whose segments have ids that could tell people apart': [
      changed({ segments: segments(['v0000', 'v0001']), rules: [], otherwise: 'v0001' }),
      /segments\[0\]\.id: found v0000\. Expected a segment id/,
    ],
    'that is called by a number that could be a person': [
      changed({}, {}, { name: 'shop-48151' }),
      /name: found shop-48151/,
    ],
    'that names a segment by what the law protects': [
      changed({
        segments: segments(['v0', 'v1'], 'Pregnant'),
        ...rules,
        rules: [{ segment: 'v1', all: [{ feature: 'pages' }] }],
      }),
      /label: it touches on health\. Say what visitors do/,
    ],
    'that looks for what the law protects': [
      changed({}, { kind: 'view_item', where: { category: ['kids-shoes'] } }),
      /where\.category\[0\]: it touches on children/,
    ],
    'that makes prices and does not tell': [changed({ uses: ['offer', 'price'] }), /\.disclosure: nothing is there/],
  }
  for (const [name, [text, line]] of Object.entries(cases)) {
    it(name, () => {
      expect(() => parseModel(text, 'model.json')).toThrow(line)
    })
  }

  it('and the one that all of them were made of is not', () => {
    expect(parseModel(changed({}), 'model.json').name).toBe('shop')
  })
})

describe('a recipe that would make prices', () => {
  const train = async (question: object) => {
    const at = scratch()
    const args = ['train', at('d.csv', smallData()), '--recipe', at('r.json', smallRecipe({}, question))]
    const ran = await nearside(...args, '--out', at('m.json'))
    return { ...ran, made: ran.code ? undefined : parseModel(readFileSync(at('m.json'), 'utf8')).segmentations[0] }
  }

  it('is refused where visitors are not told how, and else its sentence goes into the model, with its hold', async () => {
    const uses = ['content', 'price']
    expect(await train({ uses })).toMatchObject({
      code: 1,
      err: expect.stringContaining('.disclosure: nothing is there'),
    })
    const told = { uses, disclosure: 'Who looks round longer sees a lower price.', hold: 30 }
    expect((await train(told)).made).toMatchObject(told)
    const plain = await train({})
    expect(plain.code).toBe(0)
    for (const field of ['disclosure', 'hold']) expect(plain.made).not.toHaveProperty(field)
  })
})

const centroids = (center: readonly number[], points: readonly (readonly number[])[]) =>
  changed({
    kind: 'centroids',
    segments: segments(['v0', 'v1', 'v2']),
    features: ['pages', 'adds'],
    scaler: { center, scale: [40, 7] },
    centroids: points,
    rules: undefined,
    otherwise: undefined,
  })

const config = (path: string): string =>
  JSON.stringify(
    revised({
      v: 1,
      site: 'shop',
      controller: { name: 'Shop', contact: 'privacy@shop.example' },
      model: './model.json',
      pages: [{ path, kind: 'product' }],
      needs: [{ kind: 'page_view', fields: [], features: ['pages'] }],
    }),
  )

const lint = async (...files: string[]) => {
  const at = scratch()
  return nearside('lint', ...files.map((text, i) => at(`${i}.json`, text)), '--today', '2026-06-01')
}

describe('nearside lint finds', () => {
  it('a scaler that is made of the least and the greatest, which are single people', async () => {
    const told = await lint(
      centroids(
        [1, 2],
        [
          [0.1, 0.9],
          [0.5, 0.2],
        ],
      ),
    )
    expect(told.code).toBe(1)
    expect(told.out).toMatch(/scaler: it seems to be made of the least and the greatest/)
    expect(
      (
        await lint(
          centroids(
            [1, 2],
            [
              [-0.4, 0.9],
              [0.5, -0.2],
            ],
          ),
        )
      ).out,
    ).not.toContain('scaler')
  })

  it('pages of a config that speak of what the law protects', async () => {
    const told = await lint(config('/rezepte/schwangerschaft/*'))
    expect(told.code).toBe(1)
    expect(told.out).toMatch(/pages\[0\]\.path: "\/rezepte\/schwangerschaft\/\*" touches on health/)
    expect((await lint(config('/products/*'))).code).toBe(0)
  })

  it('segments that may be smaller than fifty people', async () => {
    const guarantee = { minimumSize: 49, dataset: 'none', digest: 'none', basis: 'made by hand' }
    expect((await lint(changed({}, {}, { guarantee }))).out).toContain('segments of 49 people')
  })
})

describe('nearside lint, of an address', () => {
  let headers: OutgoingHttpHeaders = {}
  const server = createServer((_, answer) => answer.writeHead(200, headers).end(changed({})))
  let url = ''
  beforeAll(async () => {
    await new Promise<void>(go => server.listen(0, '127.0.0.1', go))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/model.json`
  })
  afterAll(() => void server.close())

  it.each([
    ['a cookie', { 'set-cookie': 'visitor=1' }, /it sets a cookie/],
    ['what varies by visitor', { vary: 'Accept-Encoding, Cookie' }, /its headers say vary/],
    ['what no cache may keep', { 'cache-control': 'no-store' }, /its headers say no-store/],
    ['what is private', { 'cache-control': 'private, max-age=60' }, /its headers say private/],
  ])('finds %s', async (_, given, line) => {
    headers = given
    const told = await nearside('lint', url, '--today', '2026-06-01')
    expect(told.code).toBe(1)
    expect(told.out).toMatch(line)
  })

  it('takes one that varies by encoding alone', async () => {
    headers = { vary: 'Accept-Encoding, Origin', 'cache-control': 'max-age=300' }
    expect((await nearside('lint', url, '--today', '2026-06-01')).code).toBe(0)
  })
})
