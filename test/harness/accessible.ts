// What the two common checkers, axe and HTML CodeSniffer, find on a page as it stands: nothing, or a line each.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import type { Browser, Page as PuppetPage, Viewport } from 'puppeteer-core'

const require = createRequire(import.meta.url)
const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

type Axe = {
  run(): Promise<{
    violations: { id: string; nodes: { target: unknown[]; failureSummary?: string }[] }[]
    passes: unknown[]
  }>
}

/** Every violation, with where it is and why. @throws where axe has looked at nothing */
export const axeFaults = async (page: Page): Promise<string[]> => {
  await page.evaluate(AXE)
  const { violations, passes } = await page.evaluate(() => (window as unknown as { axe: Axe }).axe.run())
  if (!passes.length) throw new Error('axe looked at nothing')
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(it => `${id}: ${it.target.join(' ')}: ${it.failureSummary ?? ''}`),
  )
}

type Pa11y = (
  url: string,
  options: {
    browser: Browser
    page: PuppetPage
    ignoreUrl: true
    runners: string[]
    timeout: number
    viewport: Viewport | null
  },
) => Promise<{ issues: { runner: string; code: string; selector: string; message: string }[] }>

/** The same by pa11y, with axe and HTML CodeSniffer, on the page that Puppeteer has open. */
export const pa11yFaults = async (browser: Browser, page: PuppetPage): Promise<string[]> => {
  const pa11y = require('pa11y') as Pa11y
  const { issues } = await pa11y(page.url(), {
    browser,
    page,
    ignoreUrl: true,
    runners: ['axe', 'htmlcs'],
    timeout: 60_000,
    // It would take its own else.
    viewport: page.viewport(),
  })
  return issues.map(it => `${it.runner} ${it.code}: ${it.selector}: ${it.message}`)
}
