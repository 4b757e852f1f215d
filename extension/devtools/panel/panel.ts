/** The panel: its views behind tabs, and what is told to them. The same in DevTools, beside a page, and over a recorded session. */

import type { Carrier, RecordedSession } from '../../../core/protocol/devtools.ts'
import { h } from '../../../view/element.ts'
import { toDom } from '../../../view/to-dom.ts'
import { createFixtureCarrier } from '../carrier-fixture.ts'
import { createHealth } from './health.ts'
import { createLog } from './log.ts'
import { createNow } from './now.ts'
import { redraw } from './redraw.ts'
import { createSessionView } from './session-view.ts'
import { createReader } from './site-files.ts'
import { standing } from './standing.ts'
import { createStream } from './stream.ts'
import { createTabs } from './tabs.ts'
import { type Desk, place, type View } from './view.ts'
import { createWhatIf } from './what-if.ts'
import { createWire } from './wire.ts'

/** What the panel remembers of how it was used; nothing of any visitor. */
export interface Memory {
  get(name: string): string | null
  set(name: string, value: string): void
}

/** How long a short notice stays. */
const SAID_MS = 4000

/** @returns what ends it */
export const openPanel = (root: HTMLElement, carrier: Carrier, memory: Memory): (() => void) => {
  const read = createReader()
  let waiting = false
  const changed = (): void => {
    if (waiting) return
    waiting = true
    requestAnimationFrame(() => {
      waiting = false
      head()
      if (front.refresh()) changed()
    })
  }
  const log = createLog(changed)

  const said = place('dt-said')
  said.setAttribute('role', 'status')
  let silence: ReturnType<typeof setTimeout> | undefined
  const say = (text: string): void => {
    clearTimeout(silence)
    said.textContent = text
    silence = setTimeout(() => said.replaceChildren(), SAID_MS)
  }

  const own = { log, carrier, files: () => read(log.state()), changed, say }
  const stream = createStream(own, { filter: memory.get('filter') ?? '', keep: text => memory.set('filter', text) })
  const jump = (n: number): void => {
    bring(stream)
    tabs.show(stream)
    stream.jump(n)
  }
  let opened: RecordedSession | undefined
  let end = (): void => {}
  const attach = (to: Carrier): void => {
    end()
    log.reset()
    end = to.listen(log.hear)
    to.look()
  }
  const open = (session: RecordedSession | undefined): void => {
    opened = session
    attach(session ? createFixtureCarrier(session) : carrier)
  }
  const desk: Desk = { ...own, jump, open, opened: () => opened }
  const views: readonly View[] = [
    stream,
    createNow(desk),
    createWhatIf(desk),
    createWire(desk),
    createHealth(desk),
    createSessionView(desk),
  ]
  let front = views.find(({ id }) => id === memory.get('view')) ?? stream
  const bring = (view: View): void => {
    front = view
    memory.set('view', view.id)
    changed()
  }

  const status = place('dt-standing')
  const tabs = createTabs(views, front, bring)
  const head = (): void => redraw(status, standing(log.link(), log.state(), desk.files()))

  const top = place('dt-top', 'header')
  top.append(toDom<Element>(document, h('h1', { class: 'ns-unseen' }, 'Nearside DevTools')), tabs.element, status)
  root.classList.add('dt')
  root.replaceChildren(top, tabs.panels, said)
  attach(carrier)
  return () => {
    end()
    clearTimeout(silence)
    root.replaceChildren()
  }
}
