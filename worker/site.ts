/** Reads the site's own files, and refuses a model that ran out or asks for more than the site's config says. */

import { type Config, parseConfig } from '../core/config.ts'
import { dateOf } from '../core/epoch.ts'
import { excessIn } from '../core/excess.ts'
import { type Model, parseModel } from '../core/model.ts'
import { fault } from '../core/parse.ts'
import type { ConfigFile } from '../core/protocol/session.ts'
import { categoryOf } from '../core/signal.ts'

/** Reads a config; addresses in it are relative to its own. @throws ParseError */
export const readConfig = ({ json, url }: ConfigFile): Config => {
  const config = parseConfig(json, url)
  const absolute = (address: string): string => new URL(address, url).href.replace(/\/$/, '')
  const { reports } = config
  return {
    ...config,
    model: absolute(config.model),
    ...(reports ? { reports: { ...reports, url: absolute(reports.url) } } : {}),
  }
}

/** @param json the model file's text @throws ParseError */
export const admitModel = (json: string, config: Config, now: number): Model => {
  const place = config.model
  const model = parseModel(json, place)
  if (dateOf(now) >= model.expires) {
    fault(`${place}.expires`, `the model ran out on ${model.expires}`, 'Train and publish a new one')
  }
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
