/** `npm start -- --visit`: one visitor from arrival to deletion, in a real browser, with every byte that leaves written down. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseModel } from '../../core/parse-model.ts'
import type { Report } from '../../core/report.ts'
import { launchVisitor } from './chromium.ts'
import { findRoot } from './files.ts'
import { startShop } from './serve.ts'
import { createTimeline, sizeOf, type Timeline } from './timeline.ts'
import { inspect, remove, withdraw } from './visit-end.ts'
import { arrive, comeBack, consent, explore, fillCart } from './visit-start.ts'
import { apart, reportsIn, type Walk } from './walk.ts'
import { startWire } from './wire.ts'

export interface Visit {
  readonly beforeConsent: { readonly requests: readonly string[]; readonly storageKeys: readonly string[] }
  /** By segmentation, the segment ids in order of time. */
  readonly segments: { readonly [segmentation: string]: readonly string[] }
  /** Each with its exact bytes as `raw`. */
  readonly reports: readonly (Report & { readonly raw: string })[]
  /** Bodies of all requests but the site's own static GETs. */
  readonly bytesSent: number
  readonly requestsSent: number
  readonly afterErase: { readonly storageKeys: readonly string[]; readonly databases: readonly string[] }
}

const walkThrough = async (walk: Walk): Promise<Visit> => {
  const { tab: first, beforeConsent } = await arrive(walk)
  await consent(walk, first)
  await explore(walk, first)
  await fillCart(walk, first)
  const tab = await comeBack(walk, first)
  const segments = await inspect(walk, tab)
  await withdraw(walk, tab)
  const afterErase = await remove(walk, tab)
  const left = apart(walk)
  return {
    beforeConsent,
    segments,
    reports: reportsIn(walk).map(({ body, report }) => ({ ...report, raw: body })),
    bytesSent: left.reduce((sum, sent) => sum + sizeOf(sent), 0),
    requestsSent: left.length,
    afterErase,
  }
}

const sum = ({ reports, bytesSent, requestsSent }: Visit, all: number): string =>
  `\nIn all ${bytesSent} bytes left the device, in ${requestsSent} requests: ${reports.length} reports, ${
    requestsSent - reports.length
  } requests to forget.\nThe other ${all - requestsSent} were GETs of the shop's own files, which are the same for everyone.`

const nameWith = (root: string): Walk['name'] => {
  const path = join(root, 'examples/shop/model/model.json')
  const model = parseModel(readFileSync(path, 'utf8'), path)
  const labelOf = (segmentation: string, id: string): string | undefined =>
    model.segmentations.find(it => it.id === segmentation)?.segments.find(it => it.id === id)?.label
  return (segmentation, segment) => `${segment} “${labelOf(segmentation, segment)}”`
}

const conduct = async (timeline: Timeline, print: (line: string) => void): Promise<Visit> => {
  const root = findRoot(import.meta.dirname)
  const ends: (() => Promise<void>)[] = []
  try {
    const { shop, collector, stop } = await startShop()
    ends.unshift(stop)
    const wire = await startWire(sent => {
      if (sent.method !== 'GET') timeline.left(sent)
    })
    ends.unshift(wire.stop)
    const visitor = await launchVisitor(root, wire.proxy)
    ends.unshift(visitor.close)
    print(`A visit to ${shop}, by a real Chromium with the Nearside extension. The collector is ${collector}.`)
    const visit = await walkThrough({ shop, collector, visitor, wire, timeline, name: nameWith(root) })
    print(sum(visit, wire.sent.length))
    return visit
  } finally {
    for (const end of ends) await end()
  }
}

/** @returns whether everything held */
export const visitShop = async (json: boolean): Promise<boolean> => {
  const print = json ? () => {} : (line: string) => console.log(line)
  const timeline = createTimeline(print)
  const visit = await conduct(timeline, print)
  if (json) console.log(JSON.stringify(visit))
  const { failed } = timeline
  if (failed.length > 0) console.error(`nearside: ${failed.length} did not hold:\n${failed.join('\n')}`)
  else print('Everything held.')
  return failed.length === 0
}
