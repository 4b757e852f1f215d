/** `nearside revise`: writes the revision of a notice that was changed by hand, or says whether it is the right one. */

import { parseConfig, revised } from '../core/config.ts'
import { fault, parseJson } from '../core/parse.ts'
import { printJson } from '../trainer/print.ts'
import { readArguments, seeHelp } from './arguments.ts'
import { readText, writeText } from './files.ts'
import { type Command, misuse } from './io.ts'

const help = `nearside revise: give a config the revision of what it asks for

Usage: nearside revise <nearside.json> [options]

The notice's revision is a digest of needs, purposes, recipients and retention. Where it changes, visitors are asked again.

  --check   write nothing; exit code 1 where the revision is another one (for a build)
  --json    one JSON object on standard output

Example: nearside revise public/nearside.json`

const options = { check: { type: 'boolean' }, json: { type: 'boolean' } } as const

const NOTICE = /"notice"\s*:\s*"[^"\\]*"/g

/** The text with this notice: changed in its place where there is only one that it can be, else printed anew. */
const withNotice = (text: string, config: object, notice: string): string => {
  const found = text.match(NOTICE) ?? []
  const edited = found.length === 1 ? text.replace(NOTICE, `"notice": "${notice}"`) : ''
  try {
    parseConfig(edited)
    return edited
  } catch {
    return `${printJson({ ...config, notice })}\n`
  }
}

export const reviseCommand: Command = {
  summary: 'give a config the revision of what it asks for',
  help,
  run: async (args, io) => {
    const { values, positionals } = readArguments('revise', args, options)
    const [path, ...more] = positionals
    if (!path || more.length) throw misuse(path ? 'more than one config' : 'no config', seeHelp('revise'))
    const text = readText(path)
    const config = parseJson(text, path)
    if (config === null || typeof config !== 'object' || Array.isArray(config))
      return fault(path, 'not an object', 'Give a nearside.json')
    const { notice } = revised(config, path)
    const before = (config as { notice?: unknown }).notice
    if (values.check) parseConfig(text, path)
    else if (before !== notice) writeText(path, withNotice(text, config, notice))
    if (values.json) return io.out(JSON.stringify({ notice, before: before ?? null, changed: before !== notice }))
    io.out(before === notice ? `${path}: ${notice}, as it was` : `${path}: ${notice}. Visitors are asked again.`)
  },
}
