// Reads what a simulated disk holds: its cipher is a toy, and what was opened once is not opened again.
import type { Entry } from '../../core/ledger.ts'
import type { Signal } from '../../core/signal.ts'
import { LEDGER, ledgerKey, SIGNALS, STATE } from '../../store/keys.ts'
import type { DeviceState } from '../../store/state.ts'
import type { Stored } from './disk.ts'
import { openSealed } from './toy-cipher.ts'

/** What is left of the oldest entries. */
export const FOLDED = ledgerKey(0)

export const createReading = () => {
  const decoded = new WeakMap<Uint8Array, unknown>()

  const readingOf = (database: Stored, key: string, data: Uint8Array): unknown => {
    if (!decoded.has(data)) {
      try {
        decoded.set(data, JSON.parse(openSealed(database.secret?.seal ?? 0, key, data)))
      } catch {
        decoded.set(data, undefined)
      }
    }
    return decoded.get(data)
  }

  const signalsOn = (database: Stored): Signal[] => {
    const found: [string, Signal[]][] = []
    for (const [key, data] of database.records)
      if (key.startsWith(SIGNALS)) found.push([key, (readingOf(database, key, data) ?? []) as Signal[]])
    return found.flatMap(([, signals]) => signals)
  }

  const ledgerOf = (database: Stored): { key: string; entry: Entry | undefined }[] =>
    [...database.records]
      .filter(([key]) => key.startsWith(LEDGER) && key !== FOLDED)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, data]) => ({ key, entry: readingOf(database, key, data) as Entry | undefined }))

  const stateOf = (database: Stored): DeviceState | undefined => {
    const data = database.records.get(STATE)
    return data && (readingOf(database, STATE, data) as DeviceState | undefined)
  }

  return { readingOf, signalsOn, ledgerOf, stateOf }
}
