// What the panel says of a refusal, and of a question that nobody can answer yet: why, and what would mend it.
import { beforeAll, describe, expect, it } from 'vitest'
import type { KeptSegment } from '../../core/access.ts'
import { REASONS, type State } from '../../core/protocol/devtools.ts'
import { nextFor } from '../../extension/devtools/panel/next-signals.ts'
import { createReader, type SiteFiles } from '../../extension/devtools/panel/site-files.ts'
import { whyRefused } from '../../extension/devtools/panel/why-refused.ts'
import { makeSession } from '../harness/devtools-session.ts'

let state: State
let files: SiteFiles
beforeAll(async () => {
  state = (await makeSession()).states.at(-1) as State
  files = createReader()(state)
})

describe('a refusal', () => {
  it.each(REASONS)('is explained, and so is what to do about it: %s', reason => {
    const { problem, mend } = whyRefused('page_view', reason, state, files)
    expect(problem).toMatch(/^\w.*\.$/)
    expect(mend).toMatch(/^[A-Z].*\.$/)
  })

  it.each([
    ['view_thing', /no kind of signal called view_thing/],
    ['view_item', /No feature of the model looks at view_item/],
    ['page_view', /page_view is needed only where page is one of account, article/],
  ])('of %s as unneeded says what is needed instead', (kind, wanted) => {
    expect(whyRefused(kind, 'unneeded', state, files).problem).toMatch(wanted)
  })

  it('as denied names the category, and says when it would be admitted by now', () => {
    const refused = { ...state, decision: null }
    expect(whyRefused('purchase', 'denied', refused, files).problem).toContain('granted shopping for no purpose')
    const paused = { ...state, decision: state.decision && { ...state.decision, paused: true } }
    expect(whyRefused('purchase', 'denied', paused, files).problem).toContain('paused')
    expect(whyRefused('purchase', 'denied', state, files).mend).toContain('By now shopping is granted')
  })
})

describe('what would have to be seen next', () => {
  const next = (of: string, change: Partial<KeptSegment>, missing: readonly string[] = []) => {
    const it = files.model?.segmentations.find(({ id }) => id === of)
    const kept = state.kept?.segments.find(({ segmentation }) => segmentation === of)
    if (!files.model || !it || !kept) throw new Error('the shop has no such question')
    const { change: _, ...rest } = kept
    return nextFor(
      files.model,
      it,
      { ...rest, ...change },
      change.unassigned === 'denied' ? null : state.decision,
      missing,
    )
  }

  it('is a grant, where its categories are denied', () => {
    expect(next('intent', { unassigned: 'denied' })).toEqual({
      why: 'It draws on shopping, which is granted for no purpose.',
      next: 'A grant of shopping, for any purpose.',
    })
  })

  it('is any signal that it looks at, where none has come', () => {
    expect(next('intent', { unassigned: 'no-signals' }).next).toMatch(/^Any of add_to_cart, .*purchase/)
  })

  it('are the signals of the number that is missing', () => {
    const { why, next: wanted } = next('intent', { unassigned: 'missing-feature' }, ['minutes_since_add'])
    expect(why).toContain('minutes_since_add cannot be worked out')
    expect(wanted).toMatch(/^add_to_cart;/)
  })

  it('is the smallest change that leads to another segment', () => {
    const change = { feature: 'cart_adds', from: 0, to: 1, segment: 'i1' as never }
    expect(next('intent', { change }).next).toBe('Interested but hesitant, if cart_adds went from 0 to 1: add_to_cart.')
  })

  it('is nothing, where the visitor has chosen', () => {
    expect(next('intent', { pinned: true }).next).toContain('no signal changes it')
    expect(next('intent', { unassigned: 'not-me' }).why).toContain('does not fit')
  })
})
