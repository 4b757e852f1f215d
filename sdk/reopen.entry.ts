/**
 * A small button in the corner, once there is a choice, that opens the choices again. A page that wants it loads it as a module; a
 * site's own link that calls `openPrivacyCenter()` does as well.
 */

import type { ConsentState, Nearside } from './api.ts'
import { reopen } from './locales/en.json'
import { speak } from './words.ts'

const CSS = `
#nearside-reopen[dir]{all:initial;position:fixed;inset:auto auto 12px 12px;z-index:2147483646;box-sizing:border-box;min-height:32px;padding:4px 12px;cursor:pointer;color-scheme:light dark;
font:600 14px/1.4 var(--nearside-font,system-ui,sans-serif);border-radius:var(--nearside-radius,8px);border:1px solid;color:var(--nearside-accent,#1f5c46);background:var(--nearside-background,#fffdf8)}
#nearside-reopen[dir=rtl]{inset:auto 12px 12px auto}
#nearside-reopen[dir]:focus-visible{outline:3px solid;outline-offset:2px}
@media(prefers-color-scheme:dark){#nearside-reopen[dir]{color:var(--nearside-accent,#9fd8bd);background:var(--nearside-background,#1b211d)}}
`

type Listener = (consent: ConsentState | null) => void
/** Nearside, or the stub before it. */
type Page = { nearside?: Partial<Nearside> & { q?: unknown[][] } }

const page = window as Page
const sheet = new CSSStyleSheet()
sheet.replaceSync(CSS)
document.adoptedStyleSheets.push(sheet)

const button = document.createElement('button')
Object.assign(button, { id: 'nearside-reopen', type: 'button' })
button.addEventListener('click', () => page.nearside?.openPrivacyCenter?.())

let wanted = false
const place: Listener = consent => {
  wanted = !!consent
  if (!wanted) button.remove()
  else if (!button.isConnected) document.querySelector('body')?.append(button)
}

const start = async (): Promise<void> => {
  const { words, lang, dir } = await speak({ reopen }, 'words')
  button.append(words.reopen)
  Object.assign(button, { lang, dir })
  page.nearside ??= {}
  const { nearside } = page
  if (nearside.on && nearside.consent) {
    nearside.on('consent', place)
    place(nearside.consent())
  } else {
    nearside.q ??= []
    nearside.q.push(['on', 'consent', place])
  }
  // Turbo and others take another body for the page's: it goes along.
  new MutationObserver(() => place(wanted ? ({} as ConsentState) : null)).observe(document.documentElement, {
    childList: true,
  })
}

start().catch(() => {})
