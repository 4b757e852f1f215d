import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseCsv } from '../../cli/csv.ts'
import { cardDocument } from '../../trainer/model-card/document.ts'
import { modelNeeds } from '../../trainer/needs.ts'
import { columnsOf, parseRecipe } from '../../trainer/recipe.ts'
import { train } from '../../trainer/train.ts'
import { nearside, scratch, smallData, smallRecipe } from './io.ts'

const made = async (recipe: string, csv: string): Promise<string> => {
  const at = scratch()
  const card = at('card.html')
  const args = ['train', at('data.csv', csv), '--recipe', at('recipe.json', recipe), '--out', at('m.json')]
  const ran = await nearside(...args, '--card', card)
  if (ran.code) throw new Error(ran.err)
  return readFileSync(card, 'utf8')
}

const likely = {
  ...{ kind: 'propensity', id: 'buy', label: 'Will you buy?', uses: ['offer'], method: 'logistic' },
  ...{ features: ['shelf_pages', 'cart_pages'], outcome: { column: 'bought', is: ['yes'] }, bands: [0.5] },
}
const [visit] = JSON.parse(smallRecipe()).segmentations
const recipe = smallRecipe({
  segmentations: [{ ...visit, k: { from: 2, to: 4 } }, likely],
  outcome: { column: 'bought', is: ['yes'] },
})
const csv = smallData(300)
  .split('\n')
  .map((line, i) =>
    i ? `${line},${i % 3 === 1 || i % 7 === 0 ? 'yes' : 'no'},p${i}@shop.example` : `${line},bought,email`,
  )
  .join('\n')

describe('the model card', () => {
  it('is one file below 1 MB that fetches nothing, with every section there is something to say in', async () => {
    const html = await made(recipe, csv)
    expect(html.length).toBeLessThan(1_000_000)
    for (const svg of html.match(/<svg[\s\S]*?<\/svg>/g) ?? []) expect(svg.length).toBeLessThan(50_000)
    expect(html).not.toMatch(/<script|<link|<img|@import|url\(|(src|srcset|action)=|https?:/)
    const sections = [...html.matchAll(/<h2 id="([a-z-]+)"/g)].map(([, id]) => id)
    expect(sections).toEqual([
      ...['segments', 'maps', 'spreads', 'outcome', 'likely-buy', 'collect', 'guarantees', 'personal', 'data'],
      ...['choice', 'drift'],
    ])
    for (const said of ['Learned from', 'email', 'Page seen', 'ROC: area', 'Calibration', 'Elbow'])
      expect(html).toContain(said)
    // What was refused is named, and nothing of it shown.
    expect(html).not.toContain('shop.example')
    expect(await made(recipe, csv)).toBe(html)
  })

  it('can be drawn of the model alone, whoever has it: what it decides and collects, and no size', async () => {
    const at = scratch()
    const [model, card] = ['examples/shop/model/model.json', at('card.html')]
    expect(await nearside('card', model, '--out', card)).toMatchObject({ code: 0, err: '' })
    const html = readFileSync(card, 'utf8')
    expect(html).not.toMatch(/<script|<link|<img|@import|url\(|(src|srcset|action)=|https?:/)
    const { segmentations } = JSON.parse(readFileSync(model, 'utf8'))
    for (const { segments } of segmentations)
      for (const { label } of segments.slice(1)) expect(html).toContain(label.replace('&', '&amp;'))
    for (const said of ['typical number', 'will collect, and why', 'What is guaranteed', 'Used on the basis of'])
      expect(html).toContain(said)
    expect(html).not.toMatch(/of (visits|people): |kept apart/)
    expect((await nearside('card', model)).code).toBe(2)
  })

  it('shows every text as a text, whatever a file or a recipe held', () => {
    const evil = '</style><script>alert(1)</script>'
    const read = parseRecipe(recipe)
    const table = parseCsv(csv, [...columnsOf(read), 'email'], 'data.csv')
    const { model, card } = train(read, table, 'sha256:0')
    const page = { model, card, needs: modelNeeds(model), digest: 'sha256:0', offline: false }
    const whole = { ...page, dataset: read.dataset, notPersonal: [{ column: 'who', why: 'why' }] }
    const unstated = { ...whole, dataset: { ...read.dataset, basis: 'to be stated: on what ground' } }
    for (const [page, times] of [
      [whole, 0],
      [unstated, 1],
    ] as const)
      expect(cardDocument(page).split('Not to be shipped yet')).toHaveLength(times + 1)
    // Every text there is, but for the words that decide something.
    const poisoned = JSON.parse(JSON.stringify(whole), (_, value) =>
      typeof value === 'string' && / |^(data|email|who|why|none)/.test(value) ? `${value} ${evil}` : value,
    )
    const html = cardDocument(poisoned)
    expect(html).not.toContain('<script')
    expect(html.match(/<\/style>/g)).toHaveLength(1)
    expect(html.match(/&lt;script&gt;/g)?.length).toBeGreaterThan(15)
  })
})
