/** Asks a site for one of its own files as a stranger would: no cookie, no cache, no referrer, and no more of it than such a file has. */

import { type Differing, differingIn, RefusedModel } from '../../core/model-fault.ts'

const ANSWER_WITHIN_MS = 8000
/** A log of ten thousand entries takes a fifth of it. */
const MOST_BYTES = 8_000_000

export interface Served {
  readonly text: string
  readonly differing: readonly Differing[]
}

const unreachable = (url: string, why: string): never => {
  throw new RefusedModel('unreachable', `${url}: ${why}`)
}

const textOf = async (answer: Response, url: string): Promise<string> => {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  const reader = answer.body?.getReader()
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    parts.push(part.value)
    bytes += part.value.byteLength
    if (bytes > MOST_BYTES) {
      void reader?.cancel()
      unreachable(url, 'longer than any such file')
    }
  }
  return new Blob(parts).text()
}

/** @throws RefusedModel where it is on another origin, or cannot be had */
export const fetchFile = async (url: string): Promise<Served> => {
  if (!URL.canParse(url) || new URL(url).origin !== location.origin) unreachable(url, 'not on the site itself')
  try {
    const answer = await fetch(url, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    })
    if (!answer.ok) unreachable(url, `the server answered ${answer.status}`)
    const { headers } = answer
    const differing = differingIn(headers.get('vary'), headers.get('cache-control'))
    return { text: await textOf(answer, url), differing }
  } catch (error) {
    return unreachable(url, (error as Error).message)
  }
}
