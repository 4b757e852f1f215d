/** What a visitor has decided, and which decision holds where two are told. */

import { both, type Grants, grantsOf, NONE, type Pairs, pairsOf } from './consent.ts'
import { DAY_MS, dateOf } from './epoch.ts'

export interface Decision {
  /** Counts the visitor's decisions on this site: the higher one holds. */
  readonly seq: number
  readonly grants: Grants
  /** The first day (`YYYY-MM-DD`, UTC) on which it no longer holds. */
  readonly expires: string
  /** The revision of the notice it answered. */
  readonly notice: string
  /** Names of those who may receive what is granted for their purpose. Who is not named here may not. */
  readonly recipients?: readonly string[] | undefined
  /** What it grants is left alone for a while, at the visitor's wish: nothing is noted or sent, and nothing deleted. */
  readonly paused?: boolean | undefined
  /** Chosen by name while the browser sent its opt-out signal, which it therefore overrules. */
  readonly gpc?: boolean | undefined
  /**
   * Somebody else has the say, and said this then: another consent manager (pairs), or the site's policy for a region (pairs, below
   * zero). A page that comes later waits until it is said again. Absent where the visitor chose here.
   */
  readonly by?: number | undefined
  /** Taken in the visitor's own extension, which no page was there to see. */
  readonly means?: 'extension' | undefined
}

/**
 * How a decision came about: by the banner, the privacy centre, the site's own code, the extension, another consent tool on the
 * page, the rules that the site keeps for a region, the browser's Global Privacy Control; or it ran out.
 */
export const MEANS = ['banner', 'centre', 'api', 'extension', 'cmp', 'region', 'gpc', 'lapse'] as const
export type Means = (typeof MEANS)[number]

/** What was chosen just now, and how. */
export interface Choice extends Pick<Decision, 'gpc' | 'by'> {
  readonly grants: Grants
  readonly recipients?: readonly string[] | undefined
  /** Absent: by the site's own code. */
  readonly means?: Means | undefined
  /** The language (BCP 47) in which it was asked. */
  readonly locale?: string | undefined
}

/** Days that a choice holds where the site says nothing else. CNIL and others: either choice is kept for six months. */
export const SIX_MONTHS = 180

const earlier = (a: string, b: string): string => (a < b ? a : b)

/** The higher `seq` wins; of two equals, only what both grant. */
export const prevailing = (a: Decision | undefined, b: Decision | undefined): Decision | undefined => {
  if (!a || !b) return a ?? b
  if (a.seq !== b.seq) return a.seq > b.seq ? a : b
  return {
    seq: a.seq,
    grants: grantsOf(both(pairsOf(a.grants), pairsOf(b.grants))),
    expires: earlier(a.expires, b.expires),
    // Which one does not matter, as what is left was granted under both; that every tab takes the same one does.
    notice: earlier(a.notice, b.notice),
    recipients: a.recipients?.filter(name => b.recipients?.includes(name)),
  }
}

/** A new decision after `before`, at `now` (ms since 1970), for `days`. */
export const decide = (
  before: Decision | undefined,
  { means: _, locale: _l, ...chosen }: Choice,
  notice: string,
  now: number,
  days: number,
): Decision => ({
  seq: (before?.seq ?? 0) + 1,
  expires: dateOf(now + days * DAY_MS),
  notice,
  ...chosen,
})

/** Is there an answer to this notice that still holds? */
export const inForce = (it: Decision | undefined, now: number, notice: string): it is Decision =>
  it !== undefined && it.notice === notice && dateOf(now) < it.expires

/** The pairs granted now; none where there is no decision in force. */
export const grantedBy = (it: Decision | undefined, now: number, notice: string): Pairs =>
  inForce(it, now, notice) ? pairsOf(it.grants) : NONE
