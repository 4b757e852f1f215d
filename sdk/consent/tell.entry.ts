/** Tells the rest of the page what the visitor decided, and does there what follows from it. Loaded where the config has a `consent`. */

import type { Config } from '../../core/config.ts'
import type { Category, Purpose } from '../../core/consent.ts'
import type { ConsentState, On } from '../api.ts'
import { attempt } from '../attempt.ts'
import { warn } from '../warn.ts'
import { clear } from './clear.ts'
import { createGoogle } from './google.ts'
import { createMarked } from './marked.ts'
import { createScripts } from './scripts.ts'

/** A page that is drawn as it goes is not looked at for each of its steps. */
const LOOK_AGAIN_MS = 200

export const tell = (config: Config, on: On, consent: () => ConsentState | null): void => {
  const policy = config.consent ?? {}
  let told = 'null'
  let held: readonly Purpose[] = []

  /** A purpose holds for a tool that asks no further only where every category does, as nobody knows what it will look at. */
  const may = (purpose: Purpose, categories: readonly Category[] = config.categories): boolean => {
    const state = consent()
    return !!state && !state.paused && categories.every(each => state.granted[purpose]?.includes(each))
  }
  const words = (text: string): string[] => text.split(/\s+/).filter(Boolean)
  const run = createScripts((purposes, categories) =>
    words(purposes).every(each => may(each as Purpose, categories ? (words(categories) as Category[]) : undefined)),
  )
  const google = createGoogle(policy, may)
  const mark = createMarked()

  const news = (): void => {
    const state = consent()
    const text = JSON.stringify(state)
    if (text === told) return
    told = text
    const before = held
    held = config.purposes.filter(each => may(each))
    google(state)
    // Refused: whatever is still there from before goes as well.
    const refused = (purpose: Purpose): boolean => !may(purpose) && (before.includes(purpose) || !state?.paused)
    for (const it of policy.clear ?? []) if (refused(it.purpose)) clear(it)
    document.dispatchEvent(new CustomEvent('nearside:consent', { detail: state }))
    look()
  }

  const look = (): void => {
    attempt(mark, warn)
    run().catch(warn)
  }

  let waiting = false
  new MutationObserver(() => {
    if (waiting) return
    waiting = true
    setTimeout(() => {
      waiting = false
      look()
    }, LOOK_AGAIN_MS)
  }).observe(document, { childList: true, subtree: true })
  on('consent', () => attempt(news, warn))
  look()
  news()
}
