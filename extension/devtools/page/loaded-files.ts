/** Nearside's own files, as the page loaded them. */

import type { LoadedFile } from '../../../core/protocol/devtools.ts'

const OURS = /^nearside[-.\w]*\.(m?js|json)$/
const WORKER = 'nearside-worker.js'
const MOST_FILES = 100

const nameOf = (url: string): string => new URL(url).pathname.split('/').at(-1) as string

const loaded = (): PerformanceResourceTiming[] =>
  performance.getEntriesByType('resource') as PerformanceResourceTiming[]

/** Where the page's worker came from, once it has. */
export const workerUrl = (): string | undefined => loaded().find(({ name }) => nameOf(name) === WORKER)?.name

/** @param config the address of the site's config, which may be called anything */
export const loadedFiles = (config: string | undefined): readonly LoadedFile[] =>
  loaded()
    .filter(({ name }) => name === config || OURS.test(nameOf(name)))
    .slice(0, MOST_FILES)
    .map(({ name, transferSize, decodedBodySize, duration }) => ({
      name: nameOf(name),
      sent: transferSize,
      bytes: decodedBodySize,
      ms: Math.round(duration * 10) / 10,
    }))
