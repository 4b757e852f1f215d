/** Where another consent platform asks, its own window opens, by the call that each documents. */

import type { ConfigFile } from '../../core/protocol/session.ts'
import { attempt } from '../attempt.ts'

interface Theirs {
  /** IAB TCF 2.3, CMP API: `displayConsentUi`, which a platform may leave out. */
  readonly __tcfapi?: (command: 'displayConsentUi', version: 2, heard: () => void) => void
  readonly OneTrust?: { ToggleInfoDisplay?(): void }
  readonly Cookiebot?: { renew?(): void }
}

const opens: { readonly [source: string]: (page: Theirs) => boolean } = {
  tcf: ({ __tcfapi }) => {
    __tcfapi?.('displayConsentUi', 2, () => {})
    return __tcfapi !== undefined
  },
  onetrust: ({ OneTrust }) => {
    OneTrust?.ToggleInfoDisplay?.()
    return OneTrust?.ToggleInfoDisplay !== undefined
  },
  cookiebot: ({ Cookiebot }) => {
    Cookiebot?.renew?.()
    return Cookiebot?.renew !== undefined
  },
}

const sourceOf = ({ json }: ConfigFile): string | undefined =>
  (JSON.parse(json) as { readonly consent?: { readonly source?: string } }).consent?.source

/** @returns whether it opened; where a platform has no window of its own to be called, ours is as good as any */
export const openTheirs = (file: ConfigFile): boolean =>
  attempt(() => opens[sourceOf(file) ?? '']?.(window as unknown as Theirs)) ?? false
