/** What every view of the panel is given, and what it gives. */

import type { Carrier, RecordedSession } from '../../../core/protocol/devtools.ts'
import type { Log } from './log.ts'
import type { SiteFiles } from './site-files.ts'

export interface Desk {
  readonly log: Log
  readonly carrier: Pick<Carrier, 'look' | 'reload'>
  /** The site's files as the latest state has them. */
  files(): SiteFiles
  /** Asks for every view to be drawn again, once, before the next frame. */
  changed(): void
  /** Brings the stream to the front, at this row. */
  jump(n: number): void
  /** Shows a recorded session in the place of the page; undefined: the page again. */
  open(session: RecordedSession | undefined): void
  opened(): RecordedSession | undefined
  /** Tells a screen reader, and shows it for a moment. */
  say(text: string): void
}

export interface View {
  readonly id: string
  readonly title: string
  readonly element: HTMLElement
  /** Called before a frame where something has changed and the view is in front. @returns whether to be called again */
  refresh(): boolean
}

/** An element of a class, to be drawn in. */
export const place = (name: string, tag = 'div'): HTMLElement => {
  const element = document.createElement(tag)
  element.className = name
  return element
}
