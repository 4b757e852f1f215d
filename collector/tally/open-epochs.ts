/** Which epochs a report may still name. */

import { type Epoch, epochOf, MINUTE_MS } from '../../core/epoch.ts'

/** How far ahead a device's clock may be at the turn of an epoch. */
const AHEAD_MS = 60 * MINUTE_MS

/** An epoch is closed at the end of the one after it. */
export const firstOpen = (now: number): Epoch => (epochOf(now) - 1) as Epoch
export const lastOpen = (now: number): Epoch => epochOf(now + AHEAD_MS)

export const isOpen = (epoch: Epoch, now: number): boolean => epoch >= firstOpen(now) && epoch <= lastOpen(now)

/**
 * The last epoch in which a tombstone is needed: what is erased now may belong to the next epoch, which closes two from now.
 * One more, for a clock of ours that goes back.
 */
export const tombstoneUntil = (now: number): Epoch => (epochOf(now) + 3) as Epoch
