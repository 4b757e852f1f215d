/** A file as a site serves it: what its headers say about whether everyone gets the same. */

import type { Lint } from '../core/lint/parts.ts'
import { differingIn } from '../core/model-fault.ts'
import { fault } from '../core/parse.ts'

export interface ServedText {
  readonly text: string
  readonly found: readonly Lint[]
}

const MENDS = {
  vary: 'Serve everyone the same file: nothing but encodings may vary',
  'no-store': 'Let caches keep it: a file that is made anew each time may be made for one person',
  private: 'Let shared caches keep it: it is the same for everyone',
  cookie: 'Serve it without: the file must not depend on who asks',
}

/** @throws ParseError where it cannot be had */
export const readServed = async (url: string): Promise<ServedText> => {
  const answer = await fetch(url, { redirect: 'error' }).catch((error: Error) =>
    fault(url, `cannot be had (${error.message})`, 'Check the address'),
  )
  if (!answer.ok) fault(url, `the server answered ${answer.status}`, 'Put the file there')
  const { headers } = answer
  const signs = [
    ...differingIn(headers.get('vary'), headers.get('cache-control')),
    ...(headers.has('set-cookie') ? (['cookie'] as const) : []),
  ]
  const found = signs.map(sign => ({
    level: 'error' as const,
    place: url,
    problem: sign === 'cookie' ? 'it sets a cookie' : `its headers say ${sign}`,
    mend: MENDS[sign],
  }))
  return { text: await answer.text(), found }
}
