/**
 * Compares a site's files with its public log: those at work here, and those that the site serves to one who brings no cookie and
 * no cache. Asks the site itself and nobody else, for the very files that its own worker asks for.
 */

import { type Config, parseDraft } from '../../core/config.ts'
import { base64url } from '../../core/encoding.ts'
import { checkLog, type Log, type LogEntry, type LogHead, parseLog } from '../../core/log.ts'
import { DIFFERING, type Differing, type ModelFault, RefusedModel } from '../../core/model-fault.ts'
import { createProvenance } from '../../worker/provenance.ts'
import { readConfig } from '../../worker/site.ts'
import { hash, verify } from '../../worker/web-crypto.ts'
import type { Checked, Verdict } from '../request.ts'
import { fetchFile, type Served } from './fetch-file.ts'
import { type Files, filesIn, withKept } from './kept.ts'

const verdictOf = async (act: () => Promise<ModelFault | undefined>): Promise<Verdict> => {
  try {
    return (await act()) ?? 'logged'
  } catch (error) {
    return error instanceof RefusedModel ? error.why : 'unreadable'
  }
}

const digestOf = async (text: string): Promise<string> => base64url(await hash(new TextEncoder().encode(text)))

/** What is at work here may be older than what is served now, but must have been everyone's once. */
const keptIn = async ({ config, model }: Files['record'], log: Log, seen: readonly LogHead[]): Promise<Verdict> =>
  verdictOf(async () => {
    const { notice } = parseDraft(config)
    for (const [what, text] of Object.entries({ config, notice, model } satisfies { [W in LogEntry['what']]: string }))
      for (const head of seen.length ? seen : [undefined]) {
        const found = await checkLog(
          hash,
          log,
          { what: what as LogEntry['what'], digest: await digestOf(text) },
          head,
          log.size,
        )
        if (found) return found
      }
    return undefined
  })

/** The address of the model that this device is served: of two in a rollout, the one that is at work. */
const modelIn = ({ model, rollout }: Config, { from }: Files['record']): string =>
  rollout && from?.url === rollout.model ? rollout.model : model

const { vouch } = createProvenance(hash, verify)

interface Asked {
  readonly config: Served
  readonly model: Served
  readonly read: Config
  readonly url: string
}

const askFor = async (record: Files['record']): Promise<Asked> => {
  const config = await fetchFile(record.url)
  const read = readConfig({ json: config.text, url: record.url })
  const url = modelIn(read, record)
  return { config, read, url, model: await fetchFile(url) }
}

const servedIn = (asked: Asked, log: string, seen: readonly LogHead[]): Promise<Verdict> =>
  verdictOf(async () => {
    const { config, model, read, url } = asked
    for (const head of seen.length ? seen : [undefined])
      await vouch({ config: read, json: config.text, model: model.text, url, readLog: async () => log, seen: head })
    return read.log ? undefined : 'no-log'
  })

const signsOf = (served: readonly Served[]): Pick<Checked, 'differing'> => {
  const signs = served.flatMap(it => it.differing)
  const differing: Differing[] = DIFFERING.filter(sign => signs.includes(sign))
  return differing.length ? { differing } : {}
}

/** @param seen the head of the log as the extension saw it last */
export const checkLogs = async (seen: LogHead | undefined): Promise<Checked> => {
  const found = await withKept(filesIn).catch(() => undefined)
  if (!found) return { kept: 'unreadable', served: 'unreadable' }
  const { record } = found
  const heads = [seen, record.from?.log].filter(head => head !== undefined)
  const address = parseDraft(record.config).log
  try {
    const asked = await askFor(record)
    const at = address ? new URL(address, record.url).href : asked.read.log
    if (!at) return { kept: 'no-log', served: 'no-log', ...signsOf([asked.config, asked.model]) }
    const { text } = await fetchFile(at)
    const log = parseLog(text, at)
    const kept = address ? await keptIn(record, log, heads) : 'no-log'
    const served = await servedIn(asked, text, heads)
    const head = { size: log.size, root: log.root }
    return { kept, served, head, ...signsOf([asked.config, asked.model]) }
  } catch (error) {
    const fault = error instanceof RefusedModel ? error.why : 'unreadable'
    return { kept: fault, served: fault }
  }
}
