/** `nearside publish`: enters what a site serves in its transparency log. */

import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { parseConfig } from '../core/config.ts'
import { DATE, dateOf } from '../core/epoch.ts'
import { append, checkLog, type Log, type LogEntry, parseLog } from '../core/log.ts'
import type { Hash } from '../core/merkle.ts'
import { modelId } from '../core/model.ts'
import { fault } from '../core/parse.ts'
import { parseModel } from '../core/parse-model.ts'
import { readArguments, required, seeHelp } from './arguments.ts'
import { readText, writeText } from './files.ts'
import { type Command, misuse } from './io.ts'

const help = `nearside publish: enter what a site serves in its transparency log

Usage: nearside publish --config <nearside.json> --model <model.json> --log <nearside-log.json> [options]

  --config <file>   as it will be served, byte for byte
  --model <file>    as it will be served, byte for byte
  --log <file>      the log, made where there is none; serve it beside the model
  --today <date>    instead of the machine's
  --json            one JSON object on standard output: entries added, size and root

The log only grows. Visitors' devices remember its size and root, and say so on their ledgers when a model they are
served is not in it, or when it no longer begins as it did: nobody can be served a file of their own unseen.

Example: nearside publish --config nearside.json --model model.json --log nearside-log.json`

const options = {
  config: { type: 'string' },
  model: { type: 'string' },
  log: { type: 'string' },
  today: { type: 'string' },
  json: { type: 'boolean' },
} as const

const sha256: Hash = async bytes => new Uint8Array(createHash('sha256').update(bytes).digest())
const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url')

const readLog = async (path: string, site: string): Promise<Log> => {
  if (!existsSync(path)) return { v: 1, site, size: 0, root: digestOf(''), entries: [] }
  const log = parseLog(readText(path), path)
  if (log.site !== site) fault(`${path}.site`, `found ${log.site}`, `Expected ${site}: each site has a log of its own`)
  const wrong = await checkLog(sha256, log, { what: 'model', digest: '' })
  if (wrong === 'wrong-root')
    fault(`${path}.root`, 'not the root of its entries', 'Restore the log as it was last published')
  return log
}

export const publishCommand: Command = {
  summary: 'enter what a site serves in its transparency log',
  help,
  run: async (args, io) => {
    const { values, positionals } = readArguments('publish', args, options)
    if (positionals.length) throw misuse(`a file without an option: ${positionals[0]}`, seeHelp('publish'))
    const [configPath, modelPath] = [
      required(values.config, '--config', 'publish'),
      required(values.model, '--model', 'publish'),
    ]
    const path = required(values.log, '--log', 'publish')
    const on = values.today ?? dateOf(Date.now())
    if (!DATE.test(on)) throw misuse(`--today ${on.slice(0, 40)}`, 'Give a date YYYY-MM-DD')
    const [configText, modelText] = [readText(configPath), readText(modelPath)]
    const config = parseConfig(configText, configPath)
    const model = parseModel(modelText, modelPath)
    const entries: LogEntry[] = [
      { what: 'config', name: config.site, on, digest: digestOf(configText) },
      { what: 'notice', name: config.notice, on, digest: digestOf(config.notice) },
      { what: 'model', name: modelId(model), on, digest: digestOf(modelText) },
    ]
    const before = await readLog(path, config.site)
    let log = before
    for (const entry of entries) log = await append(sha256, log, entry)
    const added = log.entries.slice(before.size)
    if (added.length) writeText(path, `${JSON.stringify(log, null, 1)}\n`)
    if (values.json) return io.out(JSON.stringify({ added, size: log.size, root: log.root }))
    const lines = added.map(({ what, name }) => `  ${what} ${name}`)
    io.out(
      [
        added.length ? `Entered in ${path}:` : `${path} holds all of it already`,
        ...lines,
        `${log.size} entries, root ${log.root}`,
      ].join('\n'),
    )
  },
}
