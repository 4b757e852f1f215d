/** Everything that listens, between a yes and its end. `stop` leaves no listener, no timer and nothing in memory. */

import type { Snapshot } from '../core/config.ts'
import type { Decision } from '../core/decision.ts'
import { SENSITIVE } from '../core/page.ts'
import type { Signal } from '../core/signal.ts'
import type { Batch } from '../core/standing.ts'
import type { Reason } from './api.ts'
import { createBuffer, type Guard } from './buffer.ts'
import { admit } from './gate.ts'
import { currentPageKind, currentRoute } from './signals/page.ts'
import { startDwell } from './signals/page-dwell.ts'

export interface Fields {
  readonly [field: string]: string | number
}

export const startCapture = (
  snapshot: () => Snapshot | undefined,
  decision: () => Decision | undefined,
  send: (batch: Batch) => unknown,
  onRefused: (kind: string, reason: Reason, fields?: Fields) => unknown,
  guard: Guard,
  onShut: () => void,
) => {
  const buffer = createBuffer(send, guard)

  const route = currentRoute()
  let page: string
  let over = false
  const note = (kind: string, fields?: Fields): void => {
    if (over) return
    const admitted = admit({ page, ...fields, kind, at: Date.now() } as Signal, decision(), snapshot()?.needs ?? [])
    if (typeof admitted === 'string') onRefused(kind, admitted, fields)
    else buffer.add(admitted)
  }

  const end = new AbortController()
  const turn = startDwell(note, buffer.park, end.signal, guard)
  const view = (again?: unknown): void => {
    turn()
    page = currentPageKind(snapshot())
    if (page === SENSITIVE || page === 'off') onShut()
    else if (!again) note('page_view')
  }

  return {
    ...buffer,
    note,
    /** Ends the view that was, and notes one that begins; not `again`. */
    view,
    /** The address of the first view, as far as it makes one. */
    route,
    /** Aborts when the capture stops. */
    ended: end.signal,
    stop: () => {
      over = true
      buffer.clear()
      end.abort()
    },
  }
}

export type Capture = ReturnType<typeof startCapture>
