/** Notices that a page uses Nearside: registered at `document_start` for the sites that the visitor lets the extension on. */

import { ASKS } from '../core/wish.ts'
import { summaryHere } from './visit/summary.ts'
import { isIncognito, tell } from './visit/tell.ts'

let asked = false
let last = ''

const report = async (): Promise<void> => {
  const seen = await summaryHere(asked, Date.now())
  const text = JSON.stringify(seen)
  if (!seen || text === last) return
  last = text
  await tell({ tell: 'seen', ...seen })
}

const look = (): void => void report().catch(() => {})

const watch = (): void => {
  look()
  addEventListener('DOMContentLoaded', look)
  addEventListener('load', look)
  addEventListener(
    ASKS,
    () => {
      asked = true
      look()
    },
    true,
  )
  // What was answered meanwhile.
  document.addEventListener('visibilitychange', look)
}

/** A page that is only being prepared may never be looked at: it was not visited. */
const begin = (): void => {
  if ((document as { prerendering?: boolean }).prerendering)
    document.addEventListener('prerenderingchange', watch, { once: true })
  else watch()
}

if (!isIncognito()) begin()
