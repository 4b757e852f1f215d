/** Takes back what the collector holds: one ticket a pseudonym, sent one by one and spread in time, so that none are joined. */

import { COLLECTOR_DAYS, parseConfig } from '../core/config.ts'
import { DAY_MS, dateOf, EPOCH_MS } from '../core/epoch.ts'
import { parseEntry } from '../core/ledger.ts'
import type { Clock, Random, Transport } from '../core/ports.ts'
import { parseReport, printTicket } from '../core/report.ts'
import type { WaitingTicket } from '../core/standing.ts'
import type { SiteRecord } from '../store/access.ts'
import { LEDGER, SITE } from '../store/keys.ts'
import type { Vault } from '../store/vault.ts'
import { isFinal } from './reporter.ts'

/** A ticket for every pseudonym on the ledger that the collector may still hold. What cannot be read is passed over. */
export const ticketsFor = async (vault: Vault, now: number): Promise<WaitingTicket[]> => {
  const { items } = await vault.read([LEDGER, SITE])
  const settings = settingsIn(items.find(({ key }) => key === SITE)?.value as SiteRecord | undefined)
  const tickets = new Map<string, WaitingTicket>()
  for (const { key, value } of items) {
    const report = key === SITE ? undefined : reportIn(value, key)
    if (!report) continue
    const { site, pseudonym, epoch } = parseReport(report.body)
    const until = (epoch + 1) * EPOCH_MS + settings.retention * DAY_MS
    if (until <= now) continue
    tickets.set(pseudonym, {
      url: `${report.recipient}/v1/erasures`,
      ticket: { v: 1, site, pseudonym },
      until: dateOf(until),
      within: settings.maxDelay,
    })
  }
  return [...tickets.values()]
}

const reportIn = (value: unknown, key: string) => {
  try {
    const { event } = parseEntry(value, key)
    return event.type === 'report' ? event : undefined
  } catch {
    return undefined
  }
}

const settingsIn = (site: SiteRecord | undefined): { retention: number; maxDelay: number } => {
  try {
    return parseConfig(site?.config ?? '').reports ?? AT_ONCE
  } catch {
    return AT_ONCE
  }
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
