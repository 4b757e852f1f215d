import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { run } from '../../cli/run.ts'
import { parseModel } from '../../core/parse-model.ts'
import { nearside, smallRecipe } from './io.ts'
import { read, recipe, segmentsOf, trained, visits } from './visits.ts'

describe('nearside retrain', () => {
  it('keeps the ids and words of segments that persist, however the sizes have changed', async () => {
    const { at, model, recipe } = await trained(visits([3, 2, 1]))
    const data = at('new.csv', visits([1, 2, 3], 300, 300))
    const args = ['retrain', model, data, '--recipe', recipe, '--out', at('new.json')]
    const { code, out, err } = await nearside(...args, '--yes')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(segmentsOf(at('new.json'))).toEqual(segmentsOf(model))
    expect(parseModel(read(at('new.json'))).revision).toBe(2)
    expect(out).toMatch(/0 of 300 would move/)
    // What the next look at new data holds them against, and what whoever approves it reads.
    const written = ['--summary', at('new.summary.json'), '--card', at('card.html'), '--yes']
    expect((await nearside(...args, ...written)).code).toBe(0)
    expect(read(at('card.html'))).toContain('small.2')
    expect((await nearside('drift', at('new.json'), data, '--recipe', recipe)).code).toBe(0)
    await nearside('train', data, '--recipe', recipe, '--out', at('fresh.json'))
    expect(segmentsOf(at('fresh.json'))).not.toEqual(segmentsOf(model))
  })

  it('keeps as many as the first training was told, where it is told again', async () => {
    const { at, file, model } = await trained(visits([1, 1, 1]), recipe(2))
    await nearside('train', file, '--recipe', at('recipe.json'), '--out', model, '--k', '3')
    const args = ['retrain', model, file, '--recipe', at('recipe.json'), '--out', at('new.json'), '--yes']
    await nearside(...args, '--k', '3')
    expect(segmentsOf(at('new.json'))).toEqual(segmentsOf(model))
    await nearside(...args)
    expect(segmentsOf(at('new.json'))).toHaveLength(2)
  })

  it('gives a new segment an id that nothing was called by', async () => {
    const { at, model } = await trained(visits([1, 1, 0]), recipe(2))
    const data = at('new.csv', visits([1, 1, 1], 300, 300))
    const args = ['--recipe', at('three.json', recipe(3)), '--out', at('new.json'), '--yes', '--json']
    const { out } = await nearside('retrain', model, data, ...args)
    const { segments, flows } = JSON.parse(out)
    expect(segments.map(({ what }: { what: string }) => what)).toEqual(['kept', 'kept', 'new'])
    expect(segmentsOf(at('new.json')).map(({ id }) => id)).toEqual(['s1', 's2', 's3'])
    expect(flows.flows.map(({ rows }: { rows: number }) => rows).reduce((a: number, b: number) => a + b)).toBe(300)
    expect(flows.moved).toBeGreaterThan(80)
  })

  it('writes nothing until somebody approves', async () => {
    const { at, file, model, recipe } = await trained()
    const args = ['retrain', model, file, '--recipe', recipe, '--out', at('new.json')]
    expect((await nearside(...args)).code).toBe(2)
    const io = { out: () => {}, err: () => {}, now: () => 0 }
    expect(await run(args, { ...io, ask: async () => 'no' })).toBe(1)
    expect(() => read(at('new.json'))).toThrow()
    expect(await run(args, { ...io, ask: async () => 'yes' })).toBe(0)
    expect(segmentsOf(at('new.json'))).toEqual(segmentsOf(model))
  })
})

describe('nearside forget', () => {
  it('makes the model that would have been, had it never known them', async () => {
    const { at, file, model, recipe } = await trained()
    const list = at('erased.txt', ['p1', 'p7', 'p150', 'p9999'].join('\n'))
    const args = ['forget', model, file, '--exclude', list, '--recipe', recipe, '--out', at('new.json'), '--yes']
    const { code, out } = await nearside(...args)
    expect(code).toBe(0)
    expect(out).toContain('3 of 4 excluded people were in the data')
    const without = read(file)
      .split('\n')
      .filter(line => !/^(p1|p7|p150),/.test(line))
      .join('\n')
    await nearside('retrain', model, at('without.csv', without), '--recipe', recipe, '--out', at('never.json'), '--yes')
    const centroids = (path: string) => JSON.stringify(parseModel(read(path)).segmentations)
    expect(centroids(at('new.json'))).toBe(centroids(at('never.json')))
    expect(centroids(at('new.json'))).not.toBe(centroids(model))
  })
})

describe('nearside diff', () => {
  it('tells what devices would collect more, and who would move', async () => {
    const { at, file, model, recipe } = await trained()
    const wider = JSON.parse(smallRecipe({ key: 'who', test: 0, revision: 2 }, { k: 2 }))
    wider.vector[1].feature.kind = 'page_dwell'
    Object.assign(wider.vector[1].feature, { name: 'cart_time', aggregate: 'sum', field: 'ms' })
    wider.segmentations[0].features = ['shelf_pages', 'cart_time']
    await nearside('train', file, '--recipe', at('wider.json', JSON.stringify(wider)), '--out', at('b.json'))
    const { code, out } = await nearside('diff', model, at('b.json'))
    expect(code).toBe(0)
    expect(out).toContain('Devices would also collect: page_dwell, page_dwell.ms, page_dwell.page')
    expect(out).toContain('Features removed: cart_pages')
    const drawn = ['--json', '--picture', at('flow.html')]
    const same = await nearside('diff', model, model, '--data', file, '--recipe', recipe, ...drawn)
    const picture = readFileSync(at('flow.html'), 'utf8')
    expect(picture.match(/<path class="ns-band/g)).toHaveLength(JSON.parse(same.out).flows.flows.length)
    expect(picture).not.toMatch(/https?:|<script|<link/)
    expect(JSON.parse(same.out).flows).toMatchObject({ rows: 300, moved: 0 })
  })

  it('tells which rules and propensities are new, gone or changed, and who would be told something else', async () => {
    const { at, file, model, recipe: plain } = await trained()
    const made = async (name: string, least: number) => {
      const [visit] = JSON.parse(recipe()).segmentations
      const keen = { id: 'keen', label: 'Are you keen?', kind: 'rules', uses: ['content'], otherwise: 'k0' }
      const segments = ['k0', 'k1'].map(id => ({ id, label: id, description: id }))
      const rules = [{ segment: 'k1', all: [{ feature: 'shelf_pages', least }] }]
      const text = JSON.stringify({ ...JSON.parse(recipe()), segmentations: [visit, { ...keen, segments, rules }] })
      await nearside('train', file, '--recipe', at(`${name}.recipe.json`, text), '--out', at(name))
      return at(name)
    }
    const [few, many] = [await made('few.json', 3), await made('many.json', 20)]
    const asked = async (...args: string[]) => JSON.parse((await nearside('diff', ...args, '--json')).out).questions
    expect(await asked(model, few)).toEqual([{ what: 'new', id: 'keen', label: 'Are you keen?' }])
    expect(await asked(few, model)).toMatchObject([{ what: 'gone' }])
    expect(await asked(few, few, '--data', file, '--recipe', plain)).toMatchObject([{ what: 'same', moved: 0 }])
    const picture = at('keen.html')
    const [changed] = await asked(few, many, '--data', file, '--recipe', plain, '--picture', picture)
    const between = read(file)
      .split('\n')
      .filter(line => /,([3-9]|1\d),/.test(line))
    expect(changed).toMatchObject({ what: 'changed', moved: between.length })
    expect(read(picture)).toContain(`${between.length} would be told another segment`)
  })
})

describe('nearside drift', () => {
  it('calls the same population stable, and another one not', async () => {
    const { at, file, model, recipe } = await trained()
    const args = ['--before', file, '--recipe', recipe, '--json']
    const drifted = async (data: string) =>
      JSON.parse((await nearside('drift', model, at('n.csv', data), ...args)).out).drifts
    const same = await drifted(visits([1, 1, 1], 300, 1000))
    expect(same.map(({ verdict }: { verdict: string }) => verdict)).not.toContain('major')
    const other = await drifted(visits([1, 1, 6], 300, 1000))
    expect(other.at(-1)).toMatchObject({ of: 'segments', verdict: 'major' })
    const strict = await nearside('drift', model, at('n.csv'), ...args, '--strict')
    expect(strict).toMatchObject({ code: 1, err: expect.stringContaining('major drift in') })
  })

  it('looks at the bands of a propensity, and at what it alone goes by', async () => {
    const asked = JSON.parse(recipe())
    const likely = {
      ...{ kind: 'propensity', id: 'buy', label: 'Will you buy?', uses: ['offer'], method: 'logistic', bands: [0.5] },
      ...{ features: ['shelf_pages', 'cart_pages'], outcome: { column: 'bought', is: ['yes'] } },
    }
    const alone = { ...asked.segmentations[0], features: ['shelf_pages'], k: 2 }
    const bought = (text: string) =>
      text.replace(/^(.*),(\d+)$/gm, (line, _, cart) => `${line},${Number(cart) > 10 ? 'yes' : 'no'}`)
    const rows = (weights: [number, number, number]) =>
      bought(visits(weights, 300)).replace('who,shelf,cart', 'who,shelf,cart,bought')
    const text = JSON.stringify({ ...asked, segmentations: [alone, likely] })
    const { at, model, recipe: path } = await trained(rows([1, 1, 1]), text)
    const now = at('now.csv', rows([1, 2, 0]))
    const args = ['--recipe', path, '--before', at('data.csv'), '--json']
    const { drifts } = JSON.parse((await nearside('drift', model, now, ...args)).out)
    const major = drifts.filter(({ verdict }: { verdict: string }) => verdict === 'major')
    expect(major.map(({ of, name }: { of: string; name: string }) => `${of} ${name}`)).toEqual(
      expect.arrayContaining(['feature cart_pages', 'segment p2 More likely', 'segments Will you buy?']),
    )
  })

  it('wants no old rows where training wrote down how they were spread, and no recipe where columns are features', async () => {
    const { at, file, model, recipe } = await trained()
    const now = at('n.csv', visits([1, 1, 6], 300, 1000))
    expect(await nearside('drift', model, now, '--recipe', recipe)).toMatchObject({
      code: 1,
      err: expect.stringContaining('does not say how its rows were spread. Give --summary, or the old rows'),
    })
    const written = at('model.summary.json')
    await nearside('train', file, '--recipe', recipe, '--out', model, '--summary', written)
    const [from, beside, named] = await Promise.all([
      nearside('drift', model, now, '--recipe', recipe, '--before', file),
      nearside('drift', model, now, '--recipe', recipe),
      nearside('drift', model, at('raw.csv', read(now).replace('shelf,cart', 'shelf_pages,cart_pages'))),
    ])
    expect(from.code).toBe(0)
    expect(beside).toEqual(from)
    expect(named).toEqual(from)
    const other = at('other.json', read(written).replace('"model":"small.1"', '"model":"small.2"'))
    const args = ['drift', model, now, '--recipe', recipe, '--summary', other]
    expect(await nearside(...args)).toMatchObject({ code: 1, err: expect.stringContaining('it is of small.2') })
    expect((await nearside('drift', model, now)).err).toContain('has no column shelf_pages')
  })
})
