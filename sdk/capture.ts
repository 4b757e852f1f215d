/** Everything that listens, between a yes and its end. `stop` leaves no listener, no timer and nothing in memory. */

import type { Snapshot } from '../core/config.ts'
import type { Decision } from '../core/decision.ts'
import type { Signal } from '../core/signal.ts'
import type { Batch } from '../core/standing.ts'
import type { Reason } from './api.ts'
import { createBuffer } from './buffer.ts'
import { admit } from './gate.ts'
import { currentPageKind } from './signals/page.ts'
import { startDwell } from './signals/page-dwell.ts'
import { startPageViews } from './signals/page-view.ts'

export interface Fields {
  readonly [field: string]: string | number
}

export const startCapture = (
  snapshot: () => Snapshot | undefined,
  decision: () => Decision | undefined,
  send: (batch: Batch) => unknown,
  onRefused: (kind: string, reason: Reason) => void,
) => {
  const buffer = createBuffer(send)

  const note = (kind: string, fields?: Fields): void => {
    const admitted = admit({ ...fields, kind, at: Date.now() } as Signal, decision(), snapshot()?.needs ?? [])
    if (typeof admitted === 'string') onRefused(kind, admitted)
    else buffer.add(admitted)
  }

  let page: string
  const end = new AbortController()
  const turn = startDwell(ms => note('page_dwell', { page, ms }), buffer.park, end.signal)
  const view = (): void => {
    turn()
    page = currentPageKind(snapshot()?.pages ?? [])
    note('page_view', { page })
  }
  view()
  startPageViews(view, end.signal)

  return {
    note,
    acknowledge: buffer.acknowledge,
    pending: buffer.pending,
    stop: () => {
      end.abort()
      buffer.clear()
    },
  }
}

export type Capture = ReturnType<typeof startCapture>
