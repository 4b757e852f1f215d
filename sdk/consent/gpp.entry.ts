/** IAB GPP: `__gpp`, the sections of the United States, in which a visitor objects. What was granted in the EU is told by TCF. */

import { type Listen, type Said, whenThere } from './cmp.ts'

/** States by the number of their section, from 8; 7 is the country's. */
const FIRST_STATE = 8
const STATES = 'ca va co ut ct fl mt or tx de ia ne nh nj tn mn md in ky ri'.split(' ')
const COUNTRY = 7

/** Of a question that was put: the visitor did not object. */
const NOT = 2

interface Ping {
  readonly signalStatus: string
  readonly applicableSections: readonly number[]
  readonly parsedSections: { readonly [section: string]: object | readonly object[] | undefined }
}

type Api = (command: 'addEventListener', hear: (event: { readonly pingData: Ping }, ok: boolean) => void) => void

const inSection = ({ parsedSections }: Ping, id: number): Said => {
  const state = STATES[id - FIRST_STATE]
  const section = parsedSections[`us${state ?? 'nat'}`]
  if (!section || (!state && id !== COUNTRY)) return { words: [] }
  // Some print a section as one object, some as a list of its parts.
  const fields: { readonly [field: string]: unknown } = Object.assign({}, ...[section].flat())
  const ads = [fields.SharingOptOut, fields.TargetedAdvertisingOptOut].filter(it => it !== undefined)
  const words = ['us']
  if (fields.SaleOptOut === NOT && fields.Gpc !== true) words.push('sale')
  if (ads.length && ads.every(it => it === NOT) && fields.Gpc !== true) words.push('ads')
  return { words, region: state ? `us-${state}` : 'us' }
}

export const listen: Listen = tell =>
  whenThere<Api>('__gpp', api =>
    api('addEventListener', (event, ok) =>
      tell(() => {
        if (!ok) return { words: [] }
        const { pingData } = event
        if (pingData.signalStatus !== 'ready') return undefined
        const [said, ...others] = pingData.applicableSections.map(id => inSection(pingData, id))
        // Which of several holds is not for us to say.
        return said && !others.length ? said : { words: [] }
      }),
    ),
  )
