/** Why a signal was not taken, and what would have to be otherwise: from the decision, the config and the model as they stand. */

import { captures, pairsOf } from '../../../core/consent.ts'
import { dateOf } from '../../../core/epoch.ts'
import type { Reason, State } from '../../../core/protocol/devtools.ts'
import { categoryOf, KIND_NAMES } from '../../../core/signal.ts'
import type { SiteFiles } from './site-files.ts'

export interface Why {
  readonly problem: string
  readonly mend: string
}

const unneeded = (kind: string, { config }: SiteFiles): Why => {
  const known = KIND_NAMES.find(each => each === kind)
  if (!known) return { problem: `There is no kind of signal called ${kind}.`, mend: `Known: ${KIND_NAMES.join(', ')}.` }
  const need = config?.needs.find(each => each.kind === known)
  if (!need)
    return {
      problem: `No feature of the model looks at ${kind}, so that nothing may note it.`,
      mend: 'Leave the call out, or train a model that asks for it; needs in nearside.json follows from the model.',
    }
  const words = Object.entries(need.words ?? {}).map(([field, all]) => `${field} is one of ${all.join(', ')}`)
  return {
    problem: `${kind} is needed only where ${words.join(', and ') || 'its fields fit'}: this one had another word.`,
    mend: 'Give one of those words, or let a feature of the model name the other.',
  }
}

const denied = (kind: string, state: State | undefined): Why => {
  if (state?.decision?.paused)
    return {
      problem: 'The visitor has paused: what is granted is left alone for now, and nothing is noted.',
      mend: 'Nothing is to be mended: it goes on when the visitor says so.',
    }
  const known = KIND_NAMES.find(each => each === kind)
  const category = known ? categoryOf(known) : 'its category'
  const pairs = pairsOf(state?.decision?.grants)
  const now = known && captures(pairs, categoryOf(known))
  return {
    problem: `It is of ${category}, and the visitor has granted ${category} for no purpose${state?.optedOut ? ' (the browser sends its opt-out signal)' : ''}.`,
    mend: now
      ? `By now ${category} is granted: the same signal would be admitted.`
      : 'Nothing is to be mended: this is a choice. What if shows what a grant would change.',
  }
}

const expired = ({ decision, at }: Pick<State, 'decision' | 'at'>): Why => ({
  problem: decision
    ? `The decision held until ${decision.expires}, and today is ${dateOf(at)}.`
    : 'The decision ran out while the page was open.',
  mend: 'The visitor is asked again on the next page.',
})

export const whyRefused = (kind: string, reason: Reason, state: State | undefined, files: SiteFiles): Why => {
  switch (reason) {
    case 'no-decision':
      return {
        problem: 'The visitor has not been asked, or has not answered.',
        mend: 'Nothing is noted before a yes; the page view at hand is noted once it comes.',
      }
    case 'expired':
      return state ? expired(state) : { problem: 'The decision has run out.', mend: 'The visitor is asked again.' }
    case 'denied':
      return denied(kind, state)
    case 'unneeded':
      return unneeded(kind, files)
    case 'sensitive-page':
      return {
        problem:
          'The page’s path speaks of what the law protects, or the config calls it sensitive: nothing at all is noted there.',
        mend: 'If the path only looks like it, rename the page; a config may refuse more pages, and never fewer.',
      }
    case 'looks-personal':
      return {
        problem: 'A field holds what looks like an address, a telephone number or another person’s detail.',
        mend: 'Give words of the site’s own lists, never what a visitor typed.',
      }
    case 'free-text':
      return {
        problem: 'A field holds text with spaces or signs: only words in lower case, digits, - and _ are taken.',
        mend: 'Give an id or a category’s slug instead of a name.',
      }
    case 'too-long':
      return { problem: 'A field is longer than 32 characters.', mend: 'Give a shorter word of the site’s own.' }
    case 'invalid':
      return {
        problem:
          'A field is not what its kind asks for: amounts are whole numbers in the minor unit, times in milliseconds.',
        mend: 'See docs/signals.md for the fields of each kind.',
      }
    default:
      return reason satisfies never
  }
}
