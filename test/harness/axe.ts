// What axe finds in a page, a line each. It runs from outside, so that a strict policy stays as it is.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** @param only these rules; all where it is absent */
export const axeViolations = async (page: Page, only?: readonly string[]): Promise<string[]> => {
  await page.evaluate(source)
  return page.evaluate<string[]>(
    `axe.run(${only ? JSON.stringify({ runOnly: only }) : ''}).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html.slice(0, 160))))`,
  )
}
