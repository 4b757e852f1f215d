/** Reads what stands on the page's origin, with the same code as the site's own worker, and leaves no trace of having read. */

import type { State } from '../../../core/protocol/devtools.ts'
import { keyring } from '../../../store/cipher.ts'
import { openExistingDisk } from '../../../store/disk.ts'
import { SITE } from '../../../store/keys.ts'
import { createVault } from '../../../store/vault.ts'
import { look } from '../../site/look.ts'
import { readStanding, tailLength } from '../../site/remains.ts'
import { within } from '../../site/within.ts'
import { loadedFiles, workerUrl } from './loaded-files.ts'

const ANSWER_WITHIN_MS = 3000

interface SiteTexts {
  readonly config: string
  readonly url: string
  readonly model: string
}

const never = async (): Promise<null> => null

/** The texts that the worker keeps. */
const keptTexts = async (): Promise<SiteTexts | null> => {
  const disk = await openExistingDisk(() => {})
  if (!disk) return null
  const vault = createVault(disk, keyring)
  try {
    const { items } = await vault.read([SITE])
    return (items.find(({ key }) => key === SITE)?.value as SiteTexts | undefined) ?? null
  } finally {
    vault.close()
  }
}

/** What was served to this page does not change while it stands. */
const texts = new Map<string, Promise<string | null>>()
const policies = new Map<string, Promise<string | null>>()

/** As the page itself was served it, out of the browser's cache, where there is a copy. */
const ask = (url: string): Promise<Response> => fetch(url, { cache: 'force-cache', credentials: 'omit' })

const fetchText = async (url: string): Promise<string | null> => {
  const answer = await ask(url)
  return answer.ok ? answer.text() : null
}

const policyHere = async (): Promise<State['policy'] | null> => {
  const url = workerUrl()
  if (!url) return null
  const asked = policies.get(url) ?? ask(url).then(({ headers }) => headers.get('content-security-policy'))
  policies.set(url, asked)
  const header = await asked
  return header ? { url, header } : null
}

/** One of the site's static files, asked for without credentials. */
const served = async (url: string): Promise<string | null> => {
  if (new URL(url).origin !== location.origin) return null
  const text = texts.get(url) ?? fetchText(url)
  texts.set(url, text)
  return text
}

const configUrl = (): string | null => {
  const named = document.querySelector<HTMLScriptElement>('script[data-config]')?.dataset.config
  return named ? new URL(named, location.href).href : null
}

const modelUrl = (config: string, base: string): string | null => {
  const { model } = JSON.parse(config) as { model?: unknown }
  return typeof model === 'string' && model ? new URL(model, base).href : null
}

const orNull = <T>(asked: Promise<T | null>): Promise<T | null> => within(ANSWER_WITHIN_MS, asked).catch(never)

const readTexts = async (database: boolean): Promise<Pick<State, 'config' | 'model'>> => {
  const kept = database ? await orNull(keptTexts()) : null
  const url = configUrl() ?? kept?.url ?? null
  const json = (url && (await orNull(served(url)))) ?? kept?.config ?? null
  const from = url ?? kept?.url
  const config = json !== null && from ? { json, url: from } : null
  if (kept?.model || !config) return { config, model: kept?.model ?? null }
  const model = async (): Promise<string | null> => {
    const address = modelUrl(config.json, config.url)
    return address && served(address)
  }
  return { config, model: await orNull(model()) }
}

const keysHere = (): State['keys'] => {
  try {
    const keys = Object.keys(localStorage).filter(key => /^nearside(-|$)/.test(key))
    return Object.fromEntries(keys.map(key => [key, localStorage.getItem(key)?.length ?? 0]))
  } catch {
    return {}
  }
}

const usageHere = async (): Promise<State['usage']> => {
  const { usage, quota } = (await orNull(navigator.storage.estimate())) ?? {}
  return usage === undefined || quota === undefined ? null : { used: usage, quota }
}

/** @param now milliseconds since 1970 */
export const readState = async (now: number): Promise<State> => {
  const sight = await look(now)
  const database = 'remains' in sight && sight.remains.database
  const [texts, usage, policy] = await Promise.all([readTexts(database), usageHere(), orNull(policyHere())])
  return {
    at: now,
    origin: location.origin,
    path: location.pathname,
    seen: sight.seen,
    ...(sight.seen === 'unreadable' ? { unreadable: sight.problem } : {}),
    decision: readStanding() ?? null,
    optedOut: (navigator as { globalPrivacyControl?: boolean }).globalPrivacyControl === true,
    kept: 'kept' in sight ? sight.kept : null,
    ...texts,
    keys: keysHere(),
    usage,
    tail: tailLength(),
    files: loadedFiles(texts.config?.url),
    ...(policy ? { policy } : {}),
  }
}
