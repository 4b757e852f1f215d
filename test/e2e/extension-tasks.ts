// The longest task of a page's main thread, by the time it took the processor: a busy machine makes nothing longer.
import type { Page } from 'puppeteer-core'

interface Traced {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  /** Of the processor, in microseconds. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

const MAIN = 'CrRendererMain'

/** Of this page and of whatever else is open, in ms. @throws where nothing was traced */
export const longestTask = async (page: Page, act: () => Promise<void>): Promise<number> => {
  await page.tracing.start({ categories: ['toplevel', 'disabled-by-default-devtools.timeline'] })
  await act()
  const bytes = await page.tracing.stop()
  const { traceEvents } = JSON.parse(new TextDecoder().decode(bytes)) as { traceEvents: readonly Traced[] }
  const threads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.name === MAIN)
      .map(({ pid, tid }) => `${pid} ${tid}`),
  )
  const tasks = traceEvents.filter(
    ({ name, ph, pid, tid }) => /RunTask$/.test(name) && ph === 'X' && threads.has(`${pid} ${tid}`),
  )
  if (!tasks.length) throw new Error(`no tasks were traced, of ${threads.size} threads`)
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000
}
