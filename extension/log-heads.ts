/**
 * The head of each site's public log as it was seen last: a number and a digest of what is public anyway, which no site can take back.
 * Where it was seen is browsing history: it is kept and cleared as the index is.
 */

import { type LogHead, parseHead } from '../core/log.ts'
import { list, object } from '../core/parse.ts'
import { parseOrigin } from './origin.ts'
import type { Checked, Verdict } from './request.ts'
import { createShelf } from './shelf.ts'
import { MOST_SITES, type Where } from './site-index.ts'

interface Seen {
  readonly origin: string
  readonly head: LogHead
}

const shelf = createShelf<readonly Seen[]>(
  'heads',
  list(object({ origin: parseOrigin, head: parseHead }), 0, MOST_SITES),
  [],
)

export const readHead = async (origin: string): Promise<LogHead | undefined> =>
  (await shelf.read()).find(each => each.origin === origin)?.head

/** Was the log compared with what was seen before? Other faults come to light sooner than that. */
const COMPARED: readonly Verdict[] = ['logged', 'not-logged']
const DOUBTED: readonly Verdict[] = ['rewritten', 'wrong-root']

/** A head that does not follow from the one before takes its place never: it is said again each time. */
export const noteHead = async ({ origin, incognito }: Where, { kept, served, head }: Checked): Promise<void> => {
  const verdicts = [kept, served]
  const follows = verdicts.some(it => COMPARED.includes(it)) && !verdicts.some(it => DOUBTED.includes(it))
  if (incognito || !head || !follows) return
  await shelf.edit(all => [...all.filter(each => each.origin !== origin), { origin, head }].slice(-MOST_SITES))
}

/** @param origins absent, all of them */
export const forgetHeads = async (origins?: readonly string[]): Promise<void> => {
  await shelf.edit(all => (origins ? all.filter(({ origin }) => !origins.includes(origin)) : []))
}
