/** Takes back what the collector holds: one ticket a pseudonym, sent one by one and spread in time, so that none are joined. */

import { DAY_MS, dateOf, EPOCH_MS } from '../core/epoch.ts'
import { parseEntry } from '../core/ledger.ts'
import type { Clock, Random, Transport } from '../core/ports.ts'
import type { ConfigFile } from '../core/protocol/session.ts'
import { parseReport, printTicket } from '../core/report.ts'
import type { WaitingTicket } from '../core/standing.ts'
import { LEDGER } from '../store/keys.ts'
import type { Vault } from '../store/vault.ts'
import { isFinal } from './reporter.ts'
import { readConfig } from './site.ts'

/** A ticket for every pseudonym on the ledger that the collector may still hold. */
export const ticketsFor = async (vault: Vault, file: ConfigFile | undefined, now: number): Promise<WaitingTicket[]> => {
  const settings = file && readConfig(file).reports
  if (!settings) return []
  const tickets = new Map<string, WaitingTicket>()
  for (const { key, value } of (await vault.read([LEDGER])).items) {
    const { event } = parseEntry(value, key)
    if (event.type !== 'report') continue
    const { site, pseudonym, epoch } = parseReport(event.body)
    const until = (epoch + 1) * EPOCH_MS + settings.retention * DAY_MS
    if (until <= now) continue
    tickets.set(pseudonym, {
      url: `${event.recipient}/v1/erasures`,
      ticket: { v: 1, site, pseudonym },
      until: dateOf(until),
      within: settings.maxDelay,
    })
  }
  return [...tickets.values()]
}

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
