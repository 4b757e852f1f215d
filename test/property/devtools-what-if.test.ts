// What the panel supposes is what a device would do: with nothing supposed it says the very same.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { assign } from '../../core/assign.ts'
import { CATEGORIES, type Category, PURPOSES } from '../../core/consent.ts'
import type { State } from '../../core/protocol/devtools.ts'
import { differences, isChanged } from '../../extension/devtools/panel/differences.ts'
import { givenBy } from '../../extension/devtools/panel/given.ts'
import { createReplay } from '../../extension/devtools/panel/replay.ts'
import { createReader } from '../../extension/devtools/panel/site-files.ts'
import { type Given, type Outcome, type Supposed, suppose } from '../../extension/devtools/panel/suppose.ts'
import { makeSession } from '../harness/devtools-session.ts'
import { count } from '../harness/size.ts'

const RUNS = count(20_000, 300)
let state: State
let given: Given
beforeAll(async () => {
  state = (await makeSession()).states.at(-1) as State
  given = givenBy(state, createReader()(state)) as Given
})

const changedIn = (supposed: Supposed): string[] =>
  differences(suppose(given), suppose(given, supposed))
    .filter(isChanged)
    .map(({ name }) => name)

const someCategories = fc.uniqueArray(fc.constantFrom<Category>(...CATEGORIES))
const grants = fc.record(Object.fromEntries(PURPOSES.map(purpose => [purpose, someCategories])))

/** What any of it comes to outside: each list may only get shorter. */
const reach = (it: Outcome): string[] => [
  ...it.shown.map(id => `shown ${id}`),
  ...it.reported.map(id => `reported ${id}`),
  ...it.kinds.filter(({ admitted }) => admitted).map(({ kind }) => `kind ${kind}`),
  ...it.answers.filter(({ unassigned }) => !unassigned).map(({ segmentation }) => `answer ${segmentation}`),
]

describe('what if', () => {
  it('says what the device says where nothing is supposed', () => {
    const outcome = suppose(given)
    expect(outcome.answers.map(({ segment }) => segment)).toEqual(state.kept?.segments.map(({ segment }) => segment))
    expect(outcome.answers.map(({ distances }) => distances)).toEqual(state.kept?.segments.map(it => it.distances))
    expect(outcome.raws).toEqual(state.kept?.features.map(({ value }) => value))
    expect(changedIn({})).toEqual([])
  })

  it('shows what a denied purpose stops, and what goes on', () => {
    expect(changedIn({ grants: { personalization: ['browsing', 'shopping'] } })).toEqual(['measurement', 'reported'])
    expect(changedIn({ grants: { personalization: ['shopping'], measurement: ['shopping'] } })).toEqual(
      expect.arrayContaining(['page_view', 'deleted', 'visit', 'shown to the page']),
    )
  })

  it('heeds the opt-out signal, and lets nothing be done with an expired decision', () => {
    expect(suppose(given, { gpc: true })).toMatchObject({ reported: [], shown: ['visit', 'intent'] })
    expect(reach(suppose(given, { expired: true }))).toEqual([])
  })

  it('takes another consent manager’s word by its mapping', () => {
    const outcome = suppose(given, { said: { source: 'onetrust', words: ['C0002'] } })
    expect(outcome.grants).toEqual({ measurement: ['browsing', 'shopping'] })
    expect(outcome).toMatchObject({ shown: [], reported: ['visit', 'intent'] })
  })

  it('moves the clock: what waits in the cart is a question ten minutes later', () => {
    expect(changedIn({ later: 20 * 60_000 })).toEqual(['minutes_since_add', 'intent'])
    expect(suppose(given, { later: 20 * 60_000 }).answers[1]?.segment).toBe('i1')
  })

  it('never lets more be done the less is granted', () => {
    fc.assert(
      fc.property(grants, grants, (more, few) => {
        const less = Object.fromEntries(
          PURPOSES.map(purpose => [purpose, more[purpose]?.filter(each => few[purpose]?.includes(each))]),
        )
        const before = reach(suppose(given, { grants: more }))
        for (const each of reach(suppose(given, { grants: less }))) expect(before).toContain(each)
      }),
      { numRuns: RUNS },
    )
  })

  it('answers an edited number as the device’s own function does', () => {
    const names = given.model.features.map(({ name }) => name)
    const numbers = fc.dictionary(fc.constantFrom(...names), fc.nat(100_000))
    fc.assert(
      fc.property(numbers, features => {
        const { raws, answers } = suppose(given, { features })
        expect(answers).toEqual(given.model.segmentations.map(it => assign(given.model, it, raws)))
      }),
      { numRuns: RUNS },
    )
  })

  it('changes nothing of what it was given', () => {
    const before = JSON.stringify(given)
    suppose(given, { grants: {}, gpc: true, later: 1e9, features: { cart_adds: 9 } })
    expect(JSON.stringify(given)).toBe(before)
  })

  it('plays the session through another model, and through the same one finds no difference', () => {
    const play = (model: Given['model']) => {
      const replay = createReplay(given.signals, given.model, model)
      while (replay.step());
      return replay.moments()
    }
    const same = play(given.model)
    expect(same.length).toBeGreaterThan(3)
    expect(same.every(({ is, would }) => is === would)).toBe(true)
    const [visit, ...others] = given.model.segmentations
    if (visit?.kind !== 'centroids') throw new Error('the shop asks what kind of visit it is by centroids')
    const moved = { ...visit, centroids: visit.centroids.map((it, i) => (i === 3 ? it.map(x => x * 3) : it)) }
    const other = play({ ...given.model, segmentations: [moved, ...others] })
    expect(other.filter(({ segmentation, is, would }) => segmentation === 'visit' && is !== would)).not.toEqual([])
  })
})
