/** What is done about many sites of the list at once. */

import van, { type State } from 'vanjs-core'
import { deleteAtNextVisit, deleteAtOnce, STRENGTHS } from '../deletion.ts'
import { forgetHistory, forgetSites } from '../history.ts'
import type { Does } from '../parts/deeds.ts'
import { allowAtOnce, keepEyeOn } from '../reach.ts'
import type { Voice } from '../voice.ts'
import type { Bulk } from './bulk.ts'
import type { Picks } from './picks.ts'

export const LIST_DEEDS = ['unlist-picked', 'erase-picked', 'clear-list', 'bulk-by', 'bulk-do', 'bulk-cancel'] as const

export interface ListActs {
  readonly bulk: State<Bulk>
  readonly does: Does<(typeof LIST_DEEDS)[number]>
}

export const createListActs = (
  { chosen, pick }: Picks,
  say: (text: string) => void,
  { own, phrased, number }: Voice,
): ListActs => {
  const bulk = van.state<Bulk>({ at: 'none' })
  const perform = async (): Promise<void> => {
    if (bulk.val.at !== 'asking') return
    const { origins, by } = bulk.val
    const agreed = await (by === 'at-once' ? allowAtOnce() : keepEyeOn(...origins))
    if (!agreed) return say(own['bulk-not-let'])
    await (by === 'at-once' ? deleteAtOnce : deleteAtNextVisit)(origins, Date.now())
    pick(origins, false)
    bulk.val = { at: 'account', origins }
  }
  return {
    bulk,
    does: {
      'unlist-picked': async () => {
        const origins = chosen()
        await forgetSites(origins)
        pick(origins, false)
        say(phrased(own['sites-unlisted'], { n: number(origins.length) }))
      },
      'erase-picked': () => {
        bulk.val = { at: 'asking', origins: chosen(), by: 'next-visit' }
      },
      'clear-list': async () => {
        await forgetHistory()
        say(own['sites-cleared'])
      },
      'bulk-by': ({ by }) => {
        const chosen = STRENGTHS.find(each => each === by)
        if (bulk.val.at === 'asking' && chosen) bulk.val = { ...bulk.val, by: chosen }
      },
      'bulk-do': perform,
      'bulk-cancel': () => {
        bulk.val = { at: 'none' }
      },
    },
  }
}
