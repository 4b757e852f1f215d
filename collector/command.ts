/** The command line of the collector. */

import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { fault, integer } from '../core/parse.ts'
import { parseModel } from '../core/parse-model.ts'
import { siteId } from '../core/report.ts'
import { MINIMUM_SIZE } from './counts.ts'
import { type RunningCollector, startCollector } from './start.ts'

export const HELP = `nearside-collector: counts segment ids that devices report, and nothing else

  --db <file>            where the counts are kept (default nearside.db)
  --port <number>        default 8787; 0 takes any that is free
  --host <address>       default 127.0.0.1; put a proxy with TLS, and without an access log, in front of it
  --site <id>            a site to count for, once for each; without it any is taken, which is for trying only
  --origin <origin>      an origin whose pages may report, once for each; without it any may
  --minimum-size <n>     counts under this are withheld (default ${MINIMUM_SIZE})
  --show-open            publish weeks that are still counting as well, for trying out: two looks may tell a single device
  --max-megabytes <n>    how large the database may grow (default 1024); beyond it reports are answered 503
  --model <file>         a model whose labels the page shows for ids, and by which randomised answers are estimated, once for each
  --json                 print one JSON object {"url", "db"} when it listens
  --help
`

const OPTIONS = {
  db: { type: 'string', default: 'nearside.db' },
  port: { type: 'string', default: '8787' },
  host: { type: 'string', default: '127.0.0.1' },
  site: { type: 'string', multiple: true },
  origin: { type: 'string', multiple: true },
  'minimum-size': { type: 'string', default: String(MINIMUM_SIZE) },
  'show-open': { type: 'boolean', default: false },
  'max-megabytes': { type: 'string', default: '1024' },
  model: { type: 'string', multiple: true },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

const whole = (text: string, name: string, least: number, most: number): number =>
  integer(least, most)(/^\d+$/.test(text) ? Number(text) : text, name)

const originOf = (text: string): string => {
  const origin = URL.canParse(text) ? new URL(text).origin : 'null'
  return origin === 'null' ? fault('--origin', `found ${text}`, 'Expected one like https://shop.example') : origin
}

/** Runs until the process is told to stop. @throws Error with a message for the person at the terminal */
export const command = async (
  args: string[],
  say: (line: string) => void = console.log,
): Promise<RunningCollector | undefined> => {
  const { values: given } = parseArgs({ args, options: OPTIONS })
  if (given.help) return void say(HELP)
  const collector = await startCollector({
    db: given.db,
    port: whole(given.port, '--port', 0, 65_535),
    host: given.host,
    minimumSize: whole(given['minimum-size'], '--minimum-size', 1, 1_000_000),
    open: given['show-open'],
    mostBytes: whole(given['max-megabytes'], '--max-megabytes', 1, 1_000_000) * 2 ** 20,
    ...(given.site ? { sites: given.site.map(site => siteId(site, '--site')) } : {}),
    ...(given.origin ? { origins: given.origin.map(originOf) } : {}),
    models: (given.model ?? []).map(path => parseModel(readFileSync(path, 'utf8'), path)),
    log: line => console.error(line),
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void collector.stop())
  say(
    given.json
      ? JSON.stringify({ url: collector.url, db: given.db })
      : `Collector: ${collector.url}  (counts in ${given.db})`,
  )
  return collector
}
