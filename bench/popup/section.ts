/** What was found of the extension's popup, as a section of docs/bench.md. */

import { median } from '../summary.ts'
import type { Verdict } from '../targets.ts'

export const HEADING = '## Popup'

/** From the click to its last screen's buttons, in ms, once a round. */
export interface PopupFigures {
  readonly empty: readonly number[]
  readonly popup: readonly number[]
  /** How many notes it showed. */
  readonly notes: number
}

/** Against a popup of one heading and one button. */
const MOST_MS = 100

export const judgePopup = ({ empty, popup }: PopupFigures): Verdict => {
  const found = median(popup) - median(empty)
  const target = 'popup interactive, beside an empty one'
  return { target, limit: MOST_MS, found, unit: 'ms', holds: found <= MOST_MS, hard: true }
}

export const popupSection = (it: PopupFigures, limits: string, machine: string): string =>
  `${HEADING}

Written by \`npm run bench -- popup\` on ${new Date().toISOString().slice(0, 10)}, from ${it.popup.length} clicks on each in turn; medians.
Machine: ${machine}.

| | an empty popup | the popup, over a site of ${it.notes} notes |
|---|---|---|
| from its start until it can be used, ms | ${median(it.empty).toFixed(0)} | ${median(it.popup).toFixed(0)} |

${limits}

Both are opened by the extension's action. The popup can be used once it has looked at the site, in the site's page, and drawn what it found.
`
