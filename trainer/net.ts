/**
 * Cancellations taken off the orders they cancel. What is left is what the shop sold: a device sees the same where a site
 * hands it a customer's orders without what went back.
 */

import type { OrderLine } from './order-lines.ts'

/** A line bought, and how many of its pieces are not cancelled yet. */
interface Open {
  readonly line: OrderLine
  left: number
}

/**
 * Each cancellation takes its pieces from the latest earlier line that matches, then from the one before, and so on. Of lines
 * of one instant, the one that stands first in the file is the earlier.
 * @param lines all of one customer
 * @returns pieces left of each line; of a cancellation, those that found nothing to cancel
 */
export const net = (lines: readonly OrderLine[]): ReadonlyMap<OrderLine, number> => {
  const left = new Map<OrderLine, number>()
  const bought = new Map<string, Open[]>()
  for (const line of [...lines].sort((a, b) => a.at - b.at || a.row - b.row)) {
    const open = bought.get(line.match) ?? []
    bought.set(line.match, open)
    if (line.cancels) left.set(line, take(open, line.pieces))
    else open.push({ line, left: line.pieces })
  }
  for (const open of bought.values()) for (const each of open) left.set(each.line, each.left)
  return left
}

/** Takes pieces, the latest line first. @returns pieces that were not there */
const take = (open: readonly Open[], pieces: number): number => {
  let wanted = pieces
  for (let i = open.length - 1; i >= 0 && wanted > 0; i--) {
    const each = open[i] as Open
    const taken = Math.min(wanted, each.left)
    each.left -= taken
    wanted -= taken
  }
  return wanted
}
