/** IAB TCF 2.3: `__tcfapi`. We are no vendor in it, so what the visitor told the publisher counts: `publisher.consents`, by number. */

import { type Listen, whenThere } from './cmp.ts'

interface Consents {
  readonly [id: string]: boolean
}

interface Data {
  readonly eventStatus: string
  readonly gdprApplies?: boolean
  readonly publisher: { readonly consents: Consents; readonly customPurpose: { readonly consents: Consents } }
}

type Api = (command: 'addEventListener', version: 2, hear: (data: Data, ok: boolean) => void) => void

const granted = (consents: Consents): string[] => Object.keys(consents).filter(id => consents[id] === true)

export const listen: Listen = tell =>
  whenThere<Api>('__tcfapi', api =>
    api('addEventListener', 2, (data, ok) =>
      tell(() => {
        if (!ok) return { words: [] }
        // While its window is open nothing is settled.
        if (data.eventStatus !== 'tcloaded' && data.eventStatus !== 'useractioncomplete') return undefined
        if (data.gdprApplies !== true) return { words: [] }
        const { consents, customPurpose } = data.publisher
        return { words: [...granted(consents), ...granted(customPurpose.consents).map(id => `custom${id}`)] }
      }),
    ),
  )
