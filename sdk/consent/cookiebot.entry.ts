/** Cookiebot: what the visitor answered. What it takes for granted where nobody answered (`implied`) is no yes. */

import { type Listen, whenThere } from './cmp.ts'

interface Cookiebot {
  readonly hasResponse: boolean
  readonly consent: { readonly method: string | null; readonly [category: string]: unknown }
}

export const listen: Listen = tell =>
  whenThere<Cookiebot>('Cookiebot', () => {
    const look = (): void =>
      tell(() => {
        const { Cookiebot } = window as unknown as { Cookiebot: Cookiebot }
        const { consent, hasResponse } = Cookiebot
        if (!hasResponse) return undefined
        return { words: consent.method === 'explicit' ? Object.keys(consent).filter(it => consent[it] === true) : [] }
      })
    for (const event of ['ConsentReady', 'Accept', 'Decline']) addEventListener(`CookiebotOn${event}`, look)
    look()
  })
