/** The data layer of Google's tags: Consent Mode v2, and an event of our own. A push is on the page; no request is made for it. */

import type { Purpose } from '../../core/consent.ts'
import { CONSENT_TYPES, type ConsentType, type Policy } from '../../core/policy.ts'
import type { ConsentState } from '../api.ts'

const FOLLOWS: { readonly [T in ConsentType]: Purpose } = {
  ad_storage: 'advertising',
  ad_user_data: 'advertising',
  ad_personalization: 'advertising',
  analytics_storage: 'measurement',
  functionality_storage: 'personalization',
  personalization_storage: 'personalization',
}
/** As long as Google's own tags wait for an answer by default, ms. */
const WAIT_MS = 500

type Layer = unknown[]

const layer = (): Layer => {
  const page = window as { dataLayer?: Layer }
  page.dataLayer ??= []
  return page.dataLayer
}

/** Google's code tells its commands from events by this very kind of object. */
function gtag(..._: unknown[]): void {
  // biome-ignore lint/complexity/noArguments: see above
  layer().push(arguments)
}

/** @returns tells what holds now */
export const createGoogle = ({ consentMode, dataLayer, source }: Policy, may: (purpose: Purpose) => boolean) => {
  // What it says itself it need not be told.
  const asks = consentMode && source !== 'consent-mode'
  const states = (): object =>
    Object.fromEntries(
      CONSENT_TYPES.map(type => [type, may(consentMode?.[type] ?? FOLLOWS[type]) ? 'granted' : 'denied']),
    )
  const isDefault = (entry: unknown): boolean => {
    const { 0: command, 1: act } = Object(entry)
    return command === 'consent' && act === 'default'
  }
  if (asks && !layer().some(isDefault)) gtag('consent', 'default', { ...states(), wait_for_update: WAIT_MS })
  return (state: ConsentState | null): void => {
    if (asks) gtag('consent', 'update', states())
    if (dataLayer) layer().push({ event: 'nearside_consent', nearside_consent: state?.granted ?? {} })
  }
}
