// What a visitor is told of the site's model, and of what noised answers have given away.
import { describe, expect, it } from 'vitest'
import type { AccessDocument } from '../../core/access.ts'
import { MODEL_FAULTS } from '../../core/model-fault.ts'
import { h } from '../../view/element.ts'
import { budgetSpent, modelAtWork, modelServed } from '../../view/model-note.ts'
import { toMarkup } from '../../view/to-string.ts'
import { ENGLISH } from '../../view/tongue.ts'

const account = (more: Partial<AccessDocument>): AccessDocument => more as AccessDocument
const read = (child: Parameters<typeof h>[2]): string => toMarkup(h('div', {}, child)).replace(/<[^>]+>/g, '')

const log = { size: 12, root: 'A'.repeat(43) }

describe('the model at work', () => {
  it('is told with its signature, its log, and what speaks against it', () => {
    const told = read(
      modelAtWork(account({ model: { id: 'shop.7', signed: true, log, differing: ['vary'] } }), ENGLISH),
    )
    expect(told).toMatch(
      /shop\.7 is at work\. It carries the site’s signature\. It stands in.*12 entries.*others may be given/,
    )
  })

  it('is told with no more than is known of it', () => {
    expect(read(modelAtWork(account({ model: { id: 'shop.7' } }), ENGLISH))).toBe('The site’s model shop.7 is at work.')
    expect(read(modelAtWork(account({}), ENGLISH))).toBe('')
  })

  it('is told beside the one that was refused, with the reason, whichever it is', () => {
    const reasons = MODEL_FAULTS.map(refused =>
      read(modelAtWork(account({ model: { id: 'shop.7', refused } }), ENGLISH)),
    )
    expect(new Set(reasons).size).toBe(MODEL_FAULTS.length)
    for (const reason of reasons)
      expect(reason).toMatch(/is at work\.The site serves another one, which is refused\. \S/)
  })
})

describe('a model that was served', () => {
  it('stands on the ledger as taken, or as refused and why', () => {
    expect(read(modelServed({ type: 'model', what: 'taken', model: 'shop.8', signed: true }, ENGLISH))).toBe(
      'The site’s model shop.8 came to work. It carries the site’s signature.',
    )
    expect(read(modelServed({ type: 'model', what: 'refused', why: 'rewritten' }, ENGLISH))).toMatch(
      /was refused \(without a name\); the one before it stays\. The site’s public log was rewritten/,
    )
  })
})

describe('the budget', () => {
  it('is told where answers are noised, and only there', () => {
    expect(read(budgetSpent(account({ budget: { spent: 4, most: 8 } }), ENGLISH))).toContain('4 of at most 8')
    expect(read(budgetSpent(account({}), ENGLISH))).toBe('')
  })
})
