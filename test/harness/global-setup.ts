// One Chromium for all e2e files: a launch costs half a second to a second, a fresh context in it next to nothing.
import { chromium } from 'playwright-core'
import type { TestProject } from 'vitest/node'
import { playwrightFlags } from './flags.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where the shared Chromium listens. */
    chromium: string
  }
}

export default async (project: TestProject): Promise<(() => Promise<void>) | undefined> => {
  const executablePath = process.env.NEARSIDE_CHROMIUM
  if (!executablePath)
    throw new Error('No Chromium: run `npm test`, which finds or installs one, or set NEARSIDE_CHROMIUM.')
  const server = await chromium.launchServer({ executablePath, headless: true, args: playwrightFlags })
  project.provide('chromium', server.wsEndpoint())
  return () => server.close()
}
