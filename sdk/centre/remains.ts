/** What of Nearside's the browser holds, looked up and not remembered. */

import { STANDING_KEY, TAIL_KEY } from '../../core/standing.ts'
import type { Found } from '../../view/panels/erasure.ts'
import type { Tickets } from '../../view/panels/overview.ts'
import { attempt } from '../attempt.ts'
import { readPage } from '../key.ts'

/** Requests to forget that the collector has not answered. */
export const waitingTickets = (): Tickets => {
  const { tickets = [] } = readPage()
  return {
    count: tickets.length,
    until: tickets
      .map(({ until }) => until)
      .sort()
      .at(-1),
  }
}

/** Firefox before 126 does not tell its databases: then there is nothing to see. */
const hasDatabase = async (): Promise<boolean> => {
  const all = await attempt(() => indexedDB.databases())?.catch(() => undefined)
  return !!all?.some(({ name }) => name === STANDING_KEY)
}

export const findRemains = async (): Promise<Found> => {
  const names = attempt(() => Object.keys(localStorage)) ?? []
  const { needs, segments } = readPage()
  return {
    database: await hasDatabase(),
    keys: names.some(name => name === STANDING_KEY || name.startsWith(TAIL_KEY)) || !!needs || !!segments,
    tickets: waitingTickets(),
  }
}
