/** OneTrust: the groups that are active, which count only once the visitor has closed its notice. */

import { type Listen, whenThere } from './cmp.ts'

interface OneTrust {
  IsAlertBoxClosed(): boolean
  OnConsentChanged(hear: () => void): void
}

export const listen: Listen = tell =>
  whenThere<OneTrust>('OneTrust', it => {
    const look = (): void =>
      tell(() => {
        const { OnetrustActiveGroups } = window as { OnetrustActiveGroups?: string }
        return it.IsAlertBoxClosed() ? { words: (OnetrustActiveGroups as string).split(',') } : undefined
      })
    // On every load, and at each change.
    addEventListener('OneTrustGroupsUpdated', look)
    it.OnConsentChanged(look)
    look()
  })
