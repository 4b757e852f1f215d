/** Everything that listens, between a yes and its end. `stop` leaves no listener, no timer and nothing in memory. */

import type { Snapshot } from '../core/config.ts'
import type { Decision } from '../core/decision.ts'
import { SENSITIVE } from '../core/page.ts'
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
  onRefused: (kind: string, reason: Reason, fields?: Fields) => unknown,
) => {
  const buffer = createBuffer(send)

  let page: string
  const note = (kind: string, fields?: Fields): void => {
    const admitted =
      page === SENSITIVE
        ? SENSITIVE
        : admit({ page, ...fields, kind, at: Date.now() } as Signal, decision(), snapshot()?.needs ?? [])
    if (typeof admitted === 'string') onRefused(kind, admitted, fields)
    else buffer.add(admitted)
  }

  const end = new AbortController()
  const turn = startDwell(ms => note('page_dwell', { ms }), buffer.park, end.signal)
  const view = (): void => {
    turn()
    page = currentPageKind(snapshot()?.pages ?? [])
    note('page_view')
  }
  view()
  startPageViews(view, end.signal)

  return {
    ...buffer,
    note,
    stop: () => {
      end.abort()
      buffer.clear()
    },
  }
}

export type Capture = ReturnType<typeof startCapture>
