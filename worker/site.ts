/**
 * Reads the site's own files, and refuses a model that asks for more than the site's config says, or that is not the site's. Loaded
 * when they are new: what was read of them is kept beside them.
 */

import { type Config, parseConfig, snapshotOf } from '../core/config.ts'
import { dateOf } from '../core/epoch.ts'
import { excessIn } from '../core/excess.ts'
import type { Event } from '../core/ledger.ts'
import { type Model, modelId } from '../core/model.ts'
import { RefusedModel } from '../core/model-fault.ts'
import { isFirst } from '../core/model-source.ts'
import { needsOf } from '../core/needs.ts'
import { fault, ParseError } from '../core/parse.ts'
import { parseModel } from '../core/parse-model.ts'
import type { Cipher } from '../core/ports.ts'
import type { ConfigFile } from '../core/protocol/session.ts'
import { categoryOf } from '../core/signal.ts'
import { unpaintedOn } from '../core/unpainted.ts'
import type { SiteRecord } from '../store/access.ts'
import type { Provenance } from '../store/provenance.ts'
import type { World } from './world.ts'

/** What was read, what the ledger is to say of it, and what the console is. */
export interface Reading {
  readonly site: Omit<SiteRecord, 'reader'>
  readonly notes: readonly Event[]
  readonly warning?: string
}

/** A hundred trees of fifteen leaves are a tenth of it. */
const MOST_CHARACTERS = 1_000_000
/** Names whose revisions are remembered: more than a site ever has at a time. */
const MOST_NAMES = 16

/** Reads a config; addresses in it are relative to its own. @throws ParseError */
export const readConfig = ({ json, url }: ConfigFile): Config => {
  const config = parseConfig(json, url)
  const absolute = (address: string): string => new URL(address, url).href.replace(/\/$/, '')
  const { reports, log, rollout } = config
  return {
    ...config,
    model: absolute(config.model),
    ...(log ? { log: absolute(log) } : {}),
    ...(rollout ? { rollout: { ...rollout, model: absolute(rollout.model) } } : {}),
    ...(reports ? { reports: { ...reports, url: absolute(reports.url) } } : {}),
  }
}

/** @throws ParseError */
const admitModel = (json: string, config: Config, place: string): Model => {
  if (json.length > MOST_CHARACTERS)
    fault(place, `${json.length} characters`, `Train a smaller one: ${MOST_CHARACTERS} are the most`)
  const model = parseModel(json, place)
  for (const { name, kind, window, over } of model.features) {
    for (const needed of [kind, ...(over ? [over.kind] : [])]) {
      const days = config.retention[categoryOf(needed)] ?? 0
      if (window !== 'session' && window > days)
        fault(
          place,
          `${name} looks back ${window} days on signals kept for ${days}`,
          'Raise retention in the config, or shorten the window',
        )
    }
  }
  const excess = excessIn(config.needs, model.features)
  if (excess) {
    fault(
      place,
      `it asks for ${excess}, which the config's needs do not name`,
      'Run nearside train with --config to write them',
    )
  }
  return model
}

/** What the config asks for, as far as this model needs it: a model that needs less asks nobody again, and less is noticed. */
const narrowed = (config: Config, { features }: Model): Config => ({ ...config, needs: needsOf(features) })

const recordOf = (file: ConfigFile, config: Config, json: string, model: Model, from: Provenance): Reading['site'] => {
  const needed = narrowed(config, model)
  return {
    config: file.json,
    url: file.url,
    model: json,
    read: { config: needed, model, snapshot: { ...snapshotOf(needed), no: unpaintedOn(config.pages) } },
    from,
  }
}

/** Not `instanceof`: what checks signatures is another chunk, with a class of its own. */
const whyOf = (error: unknown): RefusedModel['why'] =>
  (error as Partial<RefusedModel>).why ?? (error instanceof ParseError ? 'unreadable' : 'unreachable')

/** Revisions by name, this one the latest. */
const withRevision = (taken: Provenance['taken'], { name, revision }: Model): Provenance['taken'] => {
  const { [name]: _, ...others } = taken
  return { ...Object.fromEntries(Object.entries(others).slice(1 - MOST_NAMES)), [name]: revision }
}

/** @throws RefusedModel */
const admitNow = ({ name, revision, expires }: Model, url: string, now: number, before: Provenance['taken']): void => {
  if (dateOf(now) >= expires)
    throw new RefusedModel('expired', `${url}.expires: the model ran out on ${expires}. Train and publish a new one.`)
  const highest = (Object.hasOwn(before, name) && before[name]) || 0
  if (revision < highest)
    throw new RefusedModel(
      'older',
      `${url}.revision: ${revision} was served after ${highest}. To go back, publish it under a higher revision.`,
    )
}

/**
 * Everything the device works with, out of the files as they are served. Where the model is refused, the last that was taken stays.
 * @param cipher draws whether this device is among the first of a rollout; without one it is not
 * @param kept what was read last
 * @throws ParseError of the config, or where there is no model at all
 */
export const readSite = async (
  { read, provenance }: Pick<World, 'read' | 'provenance'>,
  file: ConfigFile,
  now: number,
  cipher?: Pick<Cipher, 'mac'>,
  kept?: SiteRecord,
): Promise<Reading> => {
  const config = readConfig(file)
  const { site, rollout, modelKey, log } = config
  const url = rollout && cipher && (await isFirst(cipher, site, rollout)) ? rollout.model : config.model
  const { taken = {}, log: seen, refused: before } = kept?.from ?? {}
  let served: Model | undefined
  try {
    const { text, differing } = await read(url)
    served = admitModel(text, config, url)
    admitNow(served, url, now, taken)
    const readLog = async (address: string) => (await read(address, true)).text
    const given = { config, json: file.json, model: text, url, readLog, seen }
    const vouched = modelKey || log ? await (await provenance()).vouch(given) : {}
    const signs = differing.length ? { differing } : {}
    const from = { url, taken: withRevision(taken, served), ...vouched, ...signs }
    const same = kept?.model === text && !before && String(kept.from?.differing ?? '') === String(differing)
    return {
      site: recordOf(file, config, text, served, from),
      notes: same ? [] : [{ type: 'model', what: 'taken', model: modelId(served), ...vouched, ...signs }],
      ...(differing.length
        ? { warning: `${url}: ${differing.join(', ')} in its headers. Serve everyone the same file.` }
        : {}),
    }
  } catch (error) {
    if (!kept) throw error
    const { from = { url: config.model, taken: {} } } = kept
    const why = whyOf(error)
    const { message } = error as Error
    const last = admitModel(kept.model, config, from.url)
    const name = served ? { model: modelId(served) } : {}
    // What was not served cannot be refused.
    const refused = why === 'unreachable' ? {} : { refused: { why, message } }
    return {
      site: recordOf(file, config, kept.model, last, { ...from, ...refused }),
      notes: !refused.refused || before?.message === message ? [] : [{ type: 'model', what: 'refused', ...name, why }],
      warning: `${message} The model before it stays.`,
    }
  }
}
