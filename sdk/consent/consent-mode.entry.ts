/**
 * Google's Consent Mode. It has no official way to be read: what the page tells it is heard in the data layer, and looked up where its
 * own code keeps it. A default is nobody's answer; only an update is.
 */

import { listenIn } from '../sources/patch.ts'
import type { Listen } from './cmp.ts'

interface Page {
  dataLayer?: ArrayLike<unknown>[] & { push(...entries: unknown[]): unknown }
  google_tag_data?: { ics?: { entries?: { [type: string]: { update?: boolean } } } }
}

export const listen: Listen = tell => {
  const page = window as Page
  page.dataLayer ??= []
  const layer = page.dataLayer

  const look = (): void =>
    tell(() => {
      const said = new Map<string, boolean>()
      for (const { 0: command, 1: act, 2: types } of layer)
        if (command === 'consent' && act === 'update')
          for (const [type, state] of Object.entries(types as object)) said.set(type, state === 'granted')
      for (const [type, { update }] of Object.entries(page.google_tag_data?.ics?.entries ?? {}))
        if (update !== undefined) said.set(type, update)
      return said.size ? { words: [...said.keys()].filter(type => said.get(type)) } : undefined
    })

  listenIn(layer, 'push', () => look(), new AbortController().signal)
  look()
}
