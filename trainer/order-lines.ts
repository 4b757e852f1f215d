/** Lines that are parts of orders, or cancel such parts. */

import type { Columns } from './columns.ts'
import { type Line, type LineReader, lineReader } from './lines.ts'
import type { Order, SignalRows } from './signal-rows.ts'

export interface OrderLine extends Line {
  readonly order: string
  /** Above zero, in a cancellation as well. */
  readonly pieces: number
  readonly cancels: boolean
  /** Equal for what a cancellation may cancel. */
  readonly match: string
}

/** Between the texts of a match: no cell holds it. */
const SEPARATOR = '\u0000'

/** Makes a reader of the lines of orders. @throws ParseError where the file has not the columns */
export const orderReader = (rows: SignalRows, order: Order, columns: Columns, place: string): LineReader<OrderLine> => {
  const read = lineReader(rows, columns, place)
  const numbers = columns.texts(order.column)
  const pieces = columns.numbers(order.pieces)
  const match = order.match.map(columns.texts)
  const counted = Object.entries(rows.fields).flatMap(([field, it]) =>
    'times' in it ? [{ field, free: `not above zero in ${it.column}` }] : [],
  )
  const uncounted = (cancels: boolean) => `not ${cancels ? 'below' : 'above'} zero, or not whole, in ${order.pieces}`
  return row => {
    const line = read(row)
    if (typeof line === 'string') return line
    const number = numbers[row] ?? null
    if (number === null) return `missing in ${order.column}`
    const free = counted.find(({ field }) => !((line.fields[field] as number) > 0))
    if (free) return free.free
    const cancels = order.cancelled !== undefined && number.startsWith(order.cancelled)
    const count = (pieces[row] ?? 0) * (cancels ? -1 : 1)
    if (!(Number.isSafeInteger(count) && count > 0)) return uncounted(cancels)
    const what = match.map(texts => texts[row] ?? '').join(SEPARATOR)
    return { ...line, order: number, pieces: count, cancels, match: what }
  }
}
