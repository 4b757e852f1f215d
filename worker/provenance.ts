/** Whose a model is, and whether everyone gets it: its signature, and the log that it must stand in. */

import type { Config } from '../core/config.ts'
import { base64url } from '../core/encoding.ts'
import { checkLog, type Log, type LogFault, type LogHead, parseLog } from '../core/log.ts'
import type { Hash } from '../core/merkle.ts'
import { RefusedModel } from '../core/model-fault.ts'
import { parseJson } from '../core/parse.ts'
import { checkSignature, type Verify } from '../core/signature.ts'

/** What is checked: the texts as they were served. */
export interface Served {
  readonly config: Config
  /** The config's text. */
  readonly json: string
  readonly model: string
  /** The model's address. */
  readonly url: string
  /** The text of the log. */
  readonly readLog: (url: string) => Promise<string>
  /** The log's head as it was seen last. */
  readonly seen: LogHead | undefined
}

export interface Vouched {
  readonly signed?: true
  readonly log?: LogHead
}

/** What to do about it. */
const MENDS: { readonly [fault in LogFault]: string } = {
  'wrong-root': 'its root is not that of its entries. Serve the log as nearside publish wrote it.',
  rewritten: 'it does not begin any more as it did when it was last seen. Serve the log that was published before.',
  'not-logged': 'what is served does not stand last in it. Run nearside publish, and serve the log with the files.',
}

export const createProvenance = (hash: Hash, verify: Verify) => {
  const digestOf = async (text: string): Promise<string> => base64url(await hash(new TextEncoder().encode(text)))

  const readLog = async (url: string, { readLog }: Served): Promise<Log> => {
    try {
      return parseLog(await readLog(url), url)
    } catch (error) {
      throw new RefusedModel('no-log', (error as Error).message)
    }
  }

  const inLog = async (url: string, served: Served): Promise<LogHead> => {
    const { config, json, model, seen } = served
    const log = await readLog(url, served)
    const files = [
      { what: 'config', digest: await digestOf(json), last: 1 },
      { what: 'notice', digest: await digestOf(config.notice), last: 1 },
      { what: 'model', digest: await digestOf(model), last: config.rollout ? 2 : 1 },
    ] as const
    for (const { last, ...file } of files) {
      const fault = await checkLog(hash, log, file, seen, last)
      if (fault) throw new RefusedModel(fault, `${url}: ${file.what}: ${MENDS[fault]}`)
    }
    return { size: log.size, root: log.root }
  }

  /** @throws RefusedModel */
  const vouch = async (served: Served): Promise<Vouched> => {
    const { modelKey, log } = served.config
    if (modelKey)
      await checkSignature(parseJson(served.model, served.url), modelKey, verify, served.url).catch((error: Error) => {
        throw new RefusedModel('unsigned', error.message)
      })
    return { ...(modelKey ? { signed: true } : {}), ...(log ? { log: await inLog(log, served) } : {}) }
  }

  return { vouch }
}

export type ProvenanceChecks = ReturnType<typeof createProvenance>
