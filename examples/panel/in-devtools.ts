/** The panel where it is at home: in the DevTools of a real Chromium. */

import type { Frame, Page } from 'puppeteer-core'
import { pause, until } from '../shop/visitors.ts'

/**
 * Runs in DevTools: shows our panel by their own code, which is internal. As a text, for a bundler would take the import for one of its
 * own.
 */
const SHOW = `(async () => {
  const { ViewManager } = await import('./ui/legacy/legacy.js')
  const manager = ViewManager.ViewManager.instance()
  const id = [...manager.views.keys()].find(key => key.startsWith('chrome-extension:'))
  if (!id) return false
  await manager.showView(id)
  return true
})()`

const PANEL = /\/devtools\/panel\.html$/
const APPEARS_WITHIN_MS = 20_000

const frameIn = async (devtools: Page): Promise<Frame> => {
  const deadline = Date.now() + APPEARS_WITHIN_MS
  for (;;) {
    const found = devtools.frames().find(frame => PANEL.test(frame.url()))
    if (found) return found
    if (Date.now() > deadline) throw new Error('The panel has not appeared in DevTools.')
    await pause(50)
  }
}

export interface InDevTools {
  readonly devtools: Page
  readonly panel: Frame
}

/** @param page of a Chromium that was launched with the DevTools build and lets DevTools be handled as pages */
export const openInDevTools = async (page: Page): Promise<InDevTools> => {
  const devtools = await page.openDevTools()
  await until({ evaluate: text => devtools.evaluate(text) }, SHOW, 'the panel among the tabs of DevTools')
  return { devtools, panel: await frameIn(devtools) }
}

/** Runs in the panel, with its view of the session in front: saves it. @returns the text of the file */
export const savedSession = (): Promise<string> =>
  new Promise(done => {
    const make = URL.createObjectURL
    URL.createObjectURL = file => {
      URL.createObjectURL = make
      void (file as Blob).text().then(done)
      return make.call(URL, file)
    }
    document.querySelector<HTMLElement>('[data-press=save]')?.click()
  })
