/** Which model is at work, whose it is, and whether everyone gets it; what became of others that a site served. */

import type { AccessDocument } from '../core/access.ts'
import type { Event } from '../core/ledger.ts'
import { type Child, h } from './element.ts'
import { phrase, type Tongue } from './tongue.ts'

type Served = Extract<Event, { type: 'model' }>
type Vouched = Pick<Served, 'signed' | 'log' | 'differing'>

const vouchedFor = ({ signed, log, differing }: Vouched, { words, number }: Tongue): Child => [
  signed && [' ', words['model-signed']],
  log && [' ', phrase(words['model-logged'], { n: number(log.size) })],
  differing && [' ', words['model-differing']],
]

const named = (model: string | undefined, { words }: Tongue): Child =>
  model === undefined ? words['model-unnamed'] : h('bdi', {}, model)

/** What stands on the ledger of one that was served. */
export const modelServed = (it: Served, tongue: Tongue): Child => {
  const { words } = tongue
  const model = named(it.model, tongue)
  if (it.what === 'refused')
    return h('p', {}, phrase(words['model-refused'], { model }), ' ', it.why && words[`model-${it.why}`])
  return h('p', {}, phrase(words['model-taken'], { model }), vouchedFor(it, tongue))
}

/** The one at work. */
export const modelAtWork = ({ model }: AccessDocument, tongue: Tongue): Child => {
  const { words } = tongue
  if (!model) return undefined
  const { refused } = model
  return [
    h('p', {}, phrase(words['model-at-work'], { model: named(model.id, tongue) }), vouchedFor(model, tongue)),
    refused && h('p', {}, words['model-another'], ' ', words[`model-${refused}`]),
  ]
}

/** What noised reports have given away, of the most that they may. */
export const budgetSpent = ({ budget }: AccessDocument, { words, number }: Tongue): Child =>
  budget && h('p', {}, phrase(words['budget-spent'], { spent: number(budget.spent), most: number(budget.most) }))
