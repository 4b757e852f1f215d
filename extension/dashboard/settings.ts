/** What the switches and choices of the settings do. Browsers let an extension ask only within the click: each asks first. */

import { type Category, type Pairs, type Purpose, pairsOf, product } from '../../core/consent.ts'
import type { Given } from '../../view/controls.ts'
import {
  type Answer,
  answerFor,
  findsAll,
  only,
  setEverywhere,
  setException,
  setFinds,
  setGpc,
  setPaused,
  signals,
} from '../defaults.ts'
import { dropDeletion, forgetAccounts } from '../deletion.ts'
import type { Does } from '../parts/deeds.ts'
import {
  allowAtOnce,
  allowGpc,
  goEverywhere,
  keepEyeOn,
  leaveEverywhere,
  readReach,
  stopAtOnce,
  stopEyeOn,
  stopGpc,
} from '../reach.ts'
import type { World } from './world.ts'

export const SETTINGS = [
  'everywhere',
  'everywhere-pair',
  'exception',
  'exception-pair',
  'unexcept',
  'pause-all',
  'gpc',
  'eye',
  'no-eye',
  'find-all',
  'at-once',
  'drop',
  'forget-accounts',
] as const
export type Setting = (typeof SETTINGS)[number]

const answered = (value: string | undefined): Answer | undefined => {
  if (value === 'ask' || value === 'refuse') return { answer: value }
  return value === 'only' ? only(0 as Pairs) : undefined
}

/** An answer with one pair switched. */
const withPair = (answer: Answer, { purpose, category, on }: Given): Answer => {
  const before = answer.answer === 'only' ? pairsOf(answer.grants) : 0
  const pair = product([purpose as Purpose], [category as Category])
  return only((on ? before | pair : before & ~pair) as Pairs)
}

export const createSettings = (world: World): Does<Setting> => {
  /** The browser may have been asked, and the visitor may have said no: what is drawn is what holds. */
  const heldNow = async (): Promise<void> => {
    world.reach.val = await readReach()
  }
  const grant = async (asked: Promise<boolean>): Promise<boolean> => {
    const agreed = await asked
    await heldNow()
    return agreed
  }
  const at = ({ origin }: Given): string => origin as string
  return {
    everywhere: ({ value }) => {
      const answer = answered(value)
      return answer && setEverywhere(answer)
    },
    'everywhere-pair': given => setEverywhere(withPair(world.defaults.val.everywhere, given)),
    exception: given => setException(at(given), answered(given.value)),
    'exception-pair': given => setException(at(given), withPair(answerFor(world.defaults.val, at(given)), given)),
    unexcept: given => setException(at(given), undefined),
    'pause-all': ({ on }) => setPaused(Boolean(on)),
    gpc: async ({ on }) => {
      const { defaults, reach } = world
      const alone = !findsAll(defaults.val, reach.val)
      const agreed = await grant(on ? allowGpc() : stopGpc())
      await setGpc(Boolean(on) && agreed)
      if (!on && alone) await grant(leaveEverywhere(reach.rawVal))
    },
    eye: given => grant(keepEyeOn(at(given))),
    'no-eye': given => grant(stopEyeOn(at(given))),
    'find-all': async ({ on }) => {
      const { defaults, reach } = world
      const alone = !signals(defaults.val, reach.val)
      const agreed = on ? await grant(goEverywhere()) : false
      await setFinds(agreed)
      if (!on && alone) await grant(leaveEverywhere(reach.rawVal))
    },
    'at-once': ({ on }) => grant(on ? allowAtOnce() : stopAtOnce()),
    drop: given => dropDeletion(at(given)),
    'forget-accounts': forgetAccounts,
  }
}
