/**
 * Reads the site's own files, and refuses a model that asks for more than the site's config says. Loaded when they are new: what was
 * read of them is kept beside them.
 */

import { type Config, parseConfig, snapshotOf } from '../core/config.ts'
import { excessIn } from '../core/excess.ts'
import type { Model } from '../core/model.ts'
import { fault } from '../core/parse.ts'
import { parseModel } from '../core/parse-model.ts'
import type { ConfigFile } from '../core/protocol/session.ts'
import { categoryOf } from '../core/signal.ts'
import type { SiteRecord } from '../store/access.ts'

/** Reads a config; addresses in it are relative to its own. @throws ParseError */
const readConfig = ({ json, url }: ConfigFile): Config => {
  const config = parseConfig(json, url)
  const absolute = (address: string): string => new URL(address, url).href.replace(/\/$/, '')
  const { reports } = config
  return {
    ...config,
    model: absolute(config.model),
    ...(reports ? { reports: { ...reports, url: absolute(reports.url) } } : {}),
  }
}

/** @throws ParseError */
const admitModel = (json: string, config: Config): Model => {
  const place = config.model
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

/** Everything the device works with, out of the files as they are served. @throws ParseError */
export const readSite = async (
  file: ConfigFile,
  read: (url: string) => Promise<string>,
): Promise<Omit<SiteRecord, 'reader'>> => {
  const config = readConfig(file)
  const json = await read(config.model)
  return {
    config: file.json,
    url: file.url,
    model: json,
    read: { config, model: admitModel(json, config), snapshot: snapshotOf(config) },
  }
}
