// The smallest site there is works as its README says.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseConfig } from '../../core/config.ts'
import { needsOf } from '../../core/needs.ts'
import { parseModel } from '../../core/parse-model.ts'
import { newVisitor } from '../harness/browser.ts'
import { answerBanner, asPage, kept, segmentOf } from '../harness/sdk-site.ts'
import { type Site, startSite } from '../harness/site.ts'
import { wire } from '../harness/wire.ts'

const root = join(import.meta.dirname, '../..')
const read = (name: string): string => readFileSync(join(root, 'examples/minimal', name), 'utf8')

let site: Site
beforeAll(async () => {
  site = await startSite({
    directories: { '/nearside/': join(root, 'dist/sdk') },
    files: {
      '/': asPage(read('index.html')),
      '/nearside.json': read('nearside.json'),
      '/nearside/model.json': read('model.json'),
    },
  })
})
afterAll(() => site.close())

it('asks for exactly what its model needs', () => {
  expect(parseConfig(read('nearside.json')).needs).toEqual(needsOf(parseModel(read('model.json')).features))
})

it('greets a stranger, and after three pages somebody it knows, without sending anything', async () => {
  const visitor = await newVisitor()
  const { sent } = wire(visitor)
  const page = await visitor.newPage()
  await page.goto(site.origin)
  await page.getByText('This is what a first visit sees').waitFor()
  expect(await kept(page, visitor)).toEqual({ keys: [], cookies: [], databases: [] })
  await answerBanner(page, 'accept')
  await segmentOf(page, 'visit', 'r1')
  for (const wanted of ['r1', 'r2']) {
    await page.reload()
    await segmentOf(page, 'visit', wanted)
  }
  await page.getByText('Good to see you again').waitFor()
  await page.getByText('This is what a first visit sees').waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: 'Privacy choices' }).click()
  await page.locator('#nearside-centre [data-does=choices]').click()
  await answerBanner(page, 'reject')
  await expect.poll(() => kept(page, visitor)).toEqual({ keys: ['nearside'], cookies: [], databases: [] })
  expect(new Set(sent.map(({ method }) => method))).toEqual(new Set(['GET']))
  await visitor.close()
})
