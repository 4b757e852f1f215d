/** `nearside notice`: keeps what visitors are asked, revision by revision, so that it can be shown later. */

import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { parseConfig } from '../core/config.ts'
import { DATE } from '../core/epoch.ts'
import { noticeOf } from '../core/notice.ts'
import { fault } from '../core/parse.ts'
import { printJson } from '../trainer/print.ts'
import { readArguments, required, seeHelp } from './arguments.ts'
import { readText, writeText } from './files.ts'
import { type Command, misuse } from './io.ts'
import { integrityOf, sdkFolder } from './sdk-folder.ts'

const help = `nearside notice: keep what visitors are asked, revision by revision

Usage: nearside notice <nearside.json> --out <folder> [options]

Writes <folder>/<revision>.<day>.json: who asks, what for, what is noticed and why, who receives, how long; and the hashes of
the files that say it. Run it whenever you publish, keep the folder, and publish it (docs/proof-of-consent.md).

  --out <folder>   where the notices are kept; one that is there is never changed
  --sdk <folder>   where nearside.js and the words are; that of @nearside/sdk where left out
  --since <date>   the day it is published; today where left out
  --json           one JSON object on standard output

Example: nearside notice public/nearside.json --out public/notices`

const options = {
  out: { type: 'string' },
  sdk: { type: 'string' },
  since: { type: 'string' },
  json: { type: 'boolean' },
} as const

/** The files that ask: the banner, the privacy centre, and their words. */
const ASKING = /^nearside-(banner|consent|settings|centre|locale|words)\b.*\.(js|json)$/

export const noticeCommand: Command = {
  summary: 'keep what visitors are asked, revision by revision',
  help,
  run: async (args, io) => {
    const { values, positionals } = readArguments('notice', args, options)
    const [path, ...more] = positionals
    if (!path || more.length) throw misuse(path ? 'more than one config' : 'no config', seeHelp('notice'))
    const out = required(values.out, '--out', 'notice')
    const since = values.since ?? new Date().toISOString().slice(0, 10)
    if (!DATE.test(since)) throw misuse(`--since ${since.slice(0, 40)}`, 'Give a date YYYY-MM-DD')
    const config = parseConfig(readText(path), path)
    const sdk = sdkFolder(values.sdk)
    const asking = readdirSync(sdk)
      .filter(name => ASKING.test(name))
      .sort()
    const files = Object.fromEntries(asking.map(name => [name, integrityOf(join(sdk, name))]))
    const text = `${printJson(noticeOf(config, since, files))}\n`
    const kept = join(out, `${config.notice}.${since}.json`)
    const known = existsSync(kept)
    if (known && readText(kept) !== text)
      fault(kept, 'another notice of that revision and day is kept', 'Give another day with --since')
    mkdirSync(out, { recursive: true })
    if (!known) writeText(kept, text)
    io.out(
      values.json
        ? JSON.stringify({ kept, revision: config.notice, known })
        : `${known ? 'Kept already' : 'Wrote'}: ${kept}`,
    )
  },
}
