/** Heeds what the visitor has said elsewhere, where the site's config has a `consent` of its own. Loaded only then. */

import { type Config, parseConfig, snapshotOf } from '../../core/config.ts'
import { ALL_PAIRS, both, categoriesIn, grantsOf, type Pairs, pairsOf, product, spared } from '../../core/consent.ts'
import { inForce, type Means } from '../../core/decision.ts'
import { heldIn, type Policy, pairsSaid } from '../../core/policy.ts'
import type { ConfigFile } from '../../core/protocol/session.ts'
import { attempt } from '../attempt.ts'
import { readDecision } from '../key.ts'
import type { Hand } from '../rights.entry.ts'
import type { Listen } from './cmp.ts'
import { optedOut } from './signal.ts'
import type { tell } from './tell.entry.ts'
import { wish } from './wish.ts'

const chunk = async <T>(name: string): Promise<T> => import(/* @vite-ignore */ import.meta.url.replace('heed', name))

/**
 * Has what somebody else said hold, if it does not already.
 * @param by how the decision remembers that: said again on the next page, it stands as it is
 * @param first said as the page begins. What the visitor chose here counts as well then: nobody can tell which came later, so only
 * what both grant holds
 */
type Settle = (said: Pairs, by: number, means: Means, first: boolean) => void

const createSettle =
  (config: Config, [, , , , choose, reread]: Hand): Settle =>
  (said, by, means, first) => {
    const before = readDecision()
    // Said in another tab as well, it is on its way from there.
    if (inForce(before, Date.now(), config.notice) && before.by === by) return first ? reread(null) : undefined
    const wanted = before && first && before.by === undefined ? both(said, pairsOf(before.grants)) : said
    // Nothing is written down for a no where there was no yes.
    if (!wanted && !categoriesIn(before?.grants ?? {}).length) return
    const recipients = wanted ? config.recipients.map(({ name }) => name) : undefined
    choose({ grants: grantsOf(wanted), recipients, means, by }, config.notice, snapshotOf(config))
  }

/** The signal holds against what another said, as that is no choice by name here; so does what the visitor wish of every site. */
const underSignal = (said: Pairs): Pairs =>
  both(optedOut() ? pairsOf(spared(grantsOf(said))) : said, wish() ?? ALL_PAIRS)

const follow = async (config: Config, policy: Policy, hand: Hand, settle: Settle): Promise<void> => {
  const [, , , , , , guard, stop] = hand
  // Whatever was granted here, before there was another to ask: now it waits for that one.
  stop()
  let last: number | undefined
  const { listen } = await chunk<{ listen: Listen }>(`cmp-${policy.source}`)
  listen(read =>
    guard(() => {
      let unclear = false
      const said = attempt(read, () => {
        unclear = true
      })
      if (!said && !unclear) return
      const pairs = said ? pairsSaid(policy, config, said.words, said.region) : 0
      const heard = underSignal(pairs as Pairs)
      if (heard === last) return
      const first = last === undefined
      last = heard
      settle(heard, heard, heard === pairs ? 'cmp' : 'gpc', first)
    }),
  )
}

/** What the site says of where the visitor is: `<html data-nearside-region="us-ca">`. */
const region = (): string => document.documentElement.dataset.nearsideRegion?.toLowerCase() ?? ''

/** @returns whether somebody else has the say, so that our own banner is not shown */
export const heed = async (hand: Hand): Promise<boolean> => {
  const [file, , , , , , , , on, consent] = hand
  const { json, url } = file as ConfigFile
  const config = parseConfig(json, url)
  const policy = config.consent ?? {}
  const settle = createSettle(config, hand)
  chunk<{ tell: typeof tell }>('tell')
    .then(it => it.tell(config, on, consent))
    .catch(() => console.warn(`[nearside] ${import.meta.url.replace('heed', 'tell')} is not there. Serve it.`))
  if (policy.source) {
    await follow(config, policy, hand, settle)
    return true
  }
  const held = product(heldIn(policy, region()), config.categories) & product(config.purposes, config.categories)
  const before = readDecision()
  const chosen = before?.by === undefined && inForce(before, Date.now(), config.notice)
  // A wish answers in the banner's place.
  if (!held || chosen || wish() !== undefined) return false
  const heard = underSignal(held as Pairs)
  // Below zero: it is nobody's word, and what the visitor chooses here ends it for good.
  settle(heard, -heard, heard === held ? 'region' : 'gpc', true)
  return true
}
