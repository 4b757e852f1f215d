// Runs the command line in this process, and catches what it prints.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { run } from '../../cli/run.ts'

export type Ran = { code: number; out: string; err: string }

export const nearside = async (...argv: string[]): Promise<Ran> => {
  const [out, err]: [string[], string[]] = [[], []]
  const code = await run(argv, { out: line => out.push(line), err: line => err.push(line), now: () => 0 })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

/** A folder that goes with the test; returns the path of a name in it, and writes the text there where one is given. */
export const scratch = (): ((name: string, text?: string) => string) => {
  const folder = mkdtempSync(join(tmpdir(), 'nearside-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return (name, text) => {
    const path = join(folder, name)
    if (text !== undefined) writeFileSync(path, text)
    return path
  }
}

const spec = (name: string, page: string) => ({
  name,
  kind: 'page_view',
  where: { page: [page] },
  aggregate: 'count',
  window: 'session',
})

/** A small recipe: two columns of page counts, two clusters. */
export const smallRecipe = (change: object = {}, segmentation: object = {}): string =>
  JSON.stringify({
    name: 'small',
    revision: 1,
    issued: '2026-01-01',
    expires: '2027-01-01',
    dataset: { title: 'Made up', source: 'this test', licence: 'none', basis: 'no people in it' },
    minimumSize: 5,
    vector: [
      { column: 'shelf', feature: spec('shelf_pages', 'product') },
      { column: 'cart', feature: spec('cart_pages', 'cart') },
    ],
    segmentations: [
      {
        kind: 'centroids',
        id: 'visit',
        label: 'What kind of visit',
        uses: ['content'],
        features: ['shelf_pages', 'cart_pages'],
        k: 2,
        ...segmentation,
      },
    ],
    ...change,
  })

/** Two clouds of visits: many shelves and no cart, few shelves and many carts. */
export const smallData = (rows = 100): string =>
  [
    'shelf,cart',
    ...Array.from({ length: rows }, (_, i) => (i % 3 ? `${20 + (i % 5)},${i % 2}` : `${1 + (i % 2)},${8 + (i % 4)}`)),
  ].join('\n')
