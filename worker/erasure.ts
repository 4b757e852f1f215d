/** Takes back what the collector holds: one ticket a pseudonym, sent one by one and spread in time, so that none are joined. */

import { COLLECTOR_DAYS } from '../core/config.ts'
import { DAY_MS, dateOf, EPOCH_MS } from '../core/epoch.ts'
import type { Entry, Folded } from '../core/ledger.ts'
import type { Clock, Random, Transport } from '../core/ports.ts'
import { parseReport, printTicket, type Report } from '../core/report.ts'
import type { WaitingTicket } from '../core/standing.ts'
import type { SiteRecord } from '../store/access.ts'
import { LEDGER, SITE } from '../store/keys.ts'
import type { Vault } from '../store/vault.ts'
import { isFinal } from './reporter.ts'

/** A ticket for every pseudonym on the ledger that the collector may still hold. What cannot be read is passed over. */
export const ticketsFor = async (vault: Vault, now: number): Promise<WaitingTicket[]> => {
  const { items } = await vault.read([LEDGER, SITE])
  const site = items.find(({ key }) => key === SITE)?.value as Partial<SiteRecord> | undefined
  const settings = site?.read?.config.reports ?? AT_ONCE
  const tickets = new Map<string, WaitingTicket>()
  for (const { recipient, site, pseudonym, epoch } of items.flatMap(({ value }) => reportsIn(value))) {
    const until = (epoch + 1) * EPOCH_MS + settings.retention * DAY_MS
    if (until <= now) continue
    tickets.set(pseudonym, {
      url: `${recipient}/v1/erasures`,
      ticket: { v: 1, site, pseudonym },
      until: dateOf(until),
      within: settings.maxDelay,
    })
  }
  return [...tickets.values()]
}

/** Reports among the records of a ledger, folded or not. */
const reportsIn = (record: unknown): (Report & { readonly recipient: string })[] => {
  const entries = (record as Partial<Folded> | null)?.kept ?? [record as Entry]
  return entries.flatMap(entry => {
    try {
      const { event } = entry
      return event.type === 'report' ? [{ ...parseReport(event.body), recipient: event.recipient }] : []
    } catch {
      return []
    }
  })
}

/** Where the site's own settings are gone. */
const AT_ONCE = { retention: COLLECTOR_DAYS, maxDelay: 0 }

/** Tries within one page view; the next visit tries again. */
const ATTEMPTS = 3

export const createErasures = (clock: Clock, random: Random, transport: Transport) => {
  const pause = (longest: number): Promise<void> => new Promise(go => clock.after(Math.floor(random() * longest), go))

  /** Posts each ticket after a random wait of its own, so that the order is drawn as well. */
  const send = async (tickets: readonly WaitingTicket[], answered: (ticket: WaitingTicket) => void): Promise<void> => {
    const deal = async (waiting: WaitingTicket): Promise<void> => {
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        await pause(waiting.within * 2 ** attempt)
        if (!isFinal(await transport.post(waiting.url, printTicket(waiting.ticket)))) continue
        answered(waiting)
        return
      }
    }
    await Promise.all(tickets.map(deal))
  }

  return { send }
}
