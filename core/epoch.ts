/** Days and weeks. Both are cut at the same instants for everyone: a boundary of one's own would be an identifier. */

/** The fixed week a report belongs to: whole weeks since 1 January 1970 (UTC). */
export type Epoch = number & { readonly __brand: 'Epoch' }
/** Whole UTC days since 1 January 1970. */
export type Day = number & { readonly __brand: 'Day' }

export const SECOND_MS = 1000
export const MINUTE_MS = 60_000
export const DAY_MS = 86_400_000
export const EPOCH_MS = 7 * DAY_MS

/** @param at milliseconds since 1970 */
export const epochOf = (at: number): Epoch => Math.floor(at / EPOCH_MS) as Epoch

/** @param at milliseconds since 1970 */
export const dayOf = (at: number): Day => Math.floor(at / DAY_MS) as Day

/** `YYYY-MM-DD`, which sorts as it reads. */
export const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

export const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
