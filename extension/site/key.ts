/** What the extension writes into a site's `localStorage`, and how it tells the site's pages: as another tab of the site would. */

import type { Decision } from '../../core/decision.ts'
import {
  KEPT_CHANNEL,
  PAGE_KEY,
  printPageState,
  printStanding,
  STANDING_KEY,
  type WaitingTicket,
} from '../../core/standing.ts'
import { readPage, tailKeys } from './remains.ts'

const say = (name: string, news: unknown): void => {
  const channel = new BroadcastChannel(name)
  channel.postMessage(news)
  channel.close()
}

/** Every open page stops on the ping itself, before it has read anything. @param news the decision's `seq`, or that all is gone */
export const ping = (news: number | 'gone'): void => say(STANDING_KEY, news)

/** Pages go on, and show what their worker now finds. */
export const pingWorkers = (): void => say(KEPT_CHANNEL, true)

/** What finds no room takes the place of nothing: a refusal that cannot be written must not leave the grant before it. */
export const write = (key: string, text: string | null): void => {
  try {
    if (text === null) localStorage.removeItem(key)
    else localStorage.setItem(key, text)
  } catch {
    localStorage.removeItem(key)
  }
}

/** More than any device has told a collector that still remembers it. */
const MOST_TICKETS = 400

/** Tickets that wait already, and these. */
const withTickets = (fresh: readonly WaitingTicket[]): readonly WaitingTicket[] => {
  const all = [...(readPage().tickets ?? []), ...fresh]
  return [...new Map(all.map(it => [it?.ticket?.pseudonym, it])).values()].slice(0, MOST_TICKETS)
}

/** Leaves nothing of what pages keep for the next one but the requests to forget, which the site's own page sends when it next runs. */
export const keepOnlyTickets = (fresh: readonly WaitingTicket[] = []): void => {
  write(PAGE_KEY, printPageState({ tickets: withTickets(fresh) }, false))
}

/** More requests to forget, beside whatever pages have written meanwhile. */
export const addTickets = (fresh: readonly WaitingTicket[]): void => {
  if (fresh.length) write(PAGE_KEY, printPageState({ ...readPage(), tickets: withTickets(fresh) }, true))
}

/** The key before all else: whatever becomes of the rest, it holds from here on. */
export const writeDecision = (decision: Decision | null): void =>
  write(STANDING_KEY, decision && printStanding(decision))

export const dropTails = (): void => {
  for (const key of tailKeys()) write(key, null)
}
