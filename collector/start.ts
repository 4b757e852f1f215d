/** Opens the database, listens, and stops again without losing anything. */

import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import { MINUTE_MS, SECOND_MS } from '../core/epoch.ts'
import type { Clock } from '../core/ports.ts'
import { createCollector, type Parts } from './collector.ts'
import { openTally } from './tally/tally.ts'

export interface CollectorOptions extends Omit<Parts, 'tally' | 'clock'> {
  /** 0, or none: any that is free. */
  readonly port?: number
  /** This machine only, unless another address is named; TLS is for a proxy in front. */
  readonly host?: string
  /** Path of the database file. */
  readonly db: string
  /** How large the database may grow. */
  readonly mostBytes?: number
  readonly clock?: Pick<Clock, 'now'>
}

export interface RunningCollector {
  readonly url: string
  stop(): Promise<void>
}

/** A report is one packet: who takes longer to send it is not a device of ours. */
const REQUEST_MS = 10 * SECOND_MS
/** For answers that are on their way when the server stops. */
const GRACE_MS = 5 * SECOND_MS
/** So that pseudonyms go soon after their epoch closes even while nobody reports. */
const SWEEP_MS = 10 * MINUTE_MS

export const startCollector = async (options: CollectorOptions): Promise<RunningCollector> => {
  const { port = 0, host = '127.0.0.1', db, mostBytes, clock = Date, log } = options
  const tally = openTally(db, mostBytes)
  const app = createCollector({ ...options, tally, clock })
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: {
      requestTimeout: REQUEST_MS,
      headersTimeout: REQUEST_MS,
      keepAliveTimeout: REQUEST_MS,
      connectionsCheckingInterval: SECOND_MS,
    },
  }) as Server

  const sweep = (): void =>
    void tally.closeEpochs(clock.now()).catch((error: Error) => log?.(`${error.name}: epochs not closed`))
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve)).catch(
    error => {
      tally.stop()
      throw error
    },
  )
  sweep()
  const sweeping = setInterval(sweep, SWEEP_MS)

  const end = async (): Promise<void> => {
    clearInterval(sweeping)
    const impatience = setTimeout(() => server.closeAllConnections(), GRACE_MS)
    await new Promise<void>(resolve => server.close(() => resolve()))
    clearTimeout(impatience)
    tally.stop()
  }
  let ended: Promise<void> | undefined
  const stop = (): Promise<void> => {
    ended ??= end()
    return ended
  }
  const { address, port: actual, family } = server.address() as AddressInfo
  return { url: `http://${family === 'IPv6' ? `[${address}]` : address}:${actual}`, stop }
}
