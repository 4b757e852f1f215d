// The same core on the same vectors, bundled and minified as it is shipped, in every engine there is here.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchFirefox, newVisitor } from '../harness/browser.ts'
import { type Site, startSite } from '../harness/site.ts'
import { readDigests, readVectors } from '../vectors/read.ts'

const root = join(import.meta.dirname, '../..')
const outDir = join(root, '.cache/vectors')

interface Told {
  readonly differences: readonly string[]
  readonly elementary: string
  readonly features: string
  readonly clusters: string
}

// As text: a function would be rewritten for Node on its way to the page.
const TELL = `(async () => {
  const core = await import('/vectors/browser.js')
  return core.tell(await (await fetch('/vectors.json')).json())
})()`

let site: Site

beforeAll(async () => {
  mkdirSync(outDir, { recursive: true })
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      target: 'es2022',
      outDir,
      copyPublicDir: false,
      lib: { entry: join(root, 'test/vectors/browser.ts'), formats: ['es'], fileName: () => 'browser.js' },
    },
  })
  site = await startSite({
    files: { '/': '<!doctype html><title>vectors</title>', '/vectors.json': JSON.stringify(readVectors()) },
    directories: { '/vectors/': outDir },
  })
})
afterAll(() => site.close())

const keeps = ({ differences, ...digests }: Told): void => {
  expect(differences).toEqual([])
  expect(digests).toEqual(readDigests())
}

describe('the golden vectors in a browser', () => {
  it('Chromium computes what Node computes, to the last bit', async () => {
    const context = await newVisitor()
    const page = await context.newPage()
    await page.goto(`${site.origin}/`)
    keeps(await page.evaluate<Told>(TELL))
    await context.close()
  })

  it.skipIf(!process.env.NEARSIDE_FIREFOX)('Firefox computes what Node computes, to the last bit', async () => {
    const firefox = await launchFirefox()
    if (!firefox) return
    try {
      const page = await firefox.browser.newPage()
      await page.goto(`${site.origin}/`)
      keeps((await page.evaluate(TELL)) as Told)
    } finally {
      await firefox.close()
    }
  })
})
