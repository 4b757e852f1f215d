/** `nearside init`: writes what a site begins with, in a dialogue or at once. */

import { existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fault } from '../core/parse.ts'
import { readArguments, required, seeHelp } from './arguments.ts'
import { readText, writeText } from './files.ts'
import { type Command, type Io, misuse } from './io.ts'
import { integrityOf, sdkFolder, starterModel } from './sdk-folder.ts'
import { type Answers, type Digests, draftConfig, gpcSupport, needsIn, siteIdOf, TAGGED, tagFor } from './site-draft.ts'

const help = `nearside init: write the files a site begins with

Usage: nearside init [folder] [options]

Writes nearside.json, nearside-tag.html (for the head of every page, with the files' integrity hashes) and
.well-known/gpc.json into the folder, which is the one the site is served from; the current one where none is named.

  --yes                    ask nothing; --name and --contact must be given then
  --name <name>            who asks, as visitors read it
  --contact <contact>      an e-mail address or telephone number
  --site <id>              the site's id at its collector; made of the name where left out
  --privacy <address>      of your privacy notice
  --address <address>      a postal address, for receipts
  --jurisdiction <where>   whose law holds, for receipts
  --reports <address>      of your collector; without one nothing is counted
  --model <file>           the model you will serve as /nearside/model.json; the starter model where left out
  --sdk <folder>           where nearside.js is; that of @nearside/sdk where left out
  --force                  overwrite what is there
  --json                   one JSON object on standard output

Example: nearside init public --yes --name "Fern & Hollow" --contact privacy@fernhollow.example`

const options = {
  yes: { type: 'boolean' },
  name: { type: 'string' },
  contact: { type: 'string' },
  site: { type: 'string' },
  privacy: { type: 'string' },
  address: { type: 'string' },
  jurisdiction: { type: 'string' },
  reports: { type: 'string' },
  model: { type: 'string' },
  sdk: { type: 'string' },
  force: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

type Given = { readonly [name in keyof typeof options]?: string | boolean | undefined } & Partial<Answers>

/** What nobody has said on the command line is asked. */
const dialogue = async (ask: NonNullable<Io['ask']>, given: Given): Promise<Answers> => {
  const or = async (said: string | undefined, question: string, proposed = ''): Promise<string> =>
    said ?? ((await ask(`${question}${proposed ? ` [${proposed}]` : ''}: `)).trim() || proposed)
  const name = await or(given.name, 'Who asks (the name visitors know)')
  return {
    name,
    contact: await or(given.contact, 'Contact (e-mail or telephone)'),
    site: await or(given.site, 'Id of the site', siteIdOf(name)),
    privacy: await or(given.privacy, 'Address of your privacy notice', '/privacy'),
    address: await or(given.address, 'Postal address, for receipts (may be left out)'),
    jurisdiction: await or(given.jurisdiction, 'Whose law holds, for receipts (may be left out)'),
    reports: await or(given.reports, 'Address of your collector (none: nothing is counted)'),
  }
}

const atOnce = (given: Given): Answers => {
  const name = required(given.name, '--name', 'init')
  return { ...given, name, contact: required(given.contact, '--contact', 'init'), site: given.site ?? siteIdOf(name) }
}

export const initCommand: Command = {
  summary: 'write the files a site begins with',
  help,
  run: async (args, io) => {
    const { values, positionals } = readArguments('init', args, options)
    if (positionals.length > 1) throw misuse('more than one folder', seeHelp('init'))
    if (!values.yes && !io.ask) throw misuse('nobody to ask', 'Add --yes, --name and --contact')
    const folder = positionals[0] ?? '.'
    const paths = ['nearside.json', 'nearside-tag.html', '.well-known/gpc.json'].map(name => join(folder, name))
    const there = paths.find(path => existsSync(path))
    if (there && !values.force) fault(there, 'is there already', 'Add --force to overwrite it, or name another folder')
    const sdk = sdkFolder(values.sdk)
    const model = values.model ?? starterModel(sdk)
    const needs = needsIn(readText(model), model)
    const integrity = Object.fromEntries(TAGGED.map(file => [file, integrityOf(join(sdk, file))])) as Digests
    const answers = values.yes || !io.ask ? atOnce(values) : await dialogue(io.ask, values)
    const today = new Date().toISOString().slice(0, 10)
    // All texts are made before the first is written.
    const texts = [draftConfig(answers, needs), tagFor(integrity), gpcSupport(today)]
    for (const [i, path] of paths.entries()) {
      mkdirSync(dirname(path), { recursive: true })
      writeText(path, texts[i] as string)
    }
    const { notice } = JSON.parse(texts[0] as string) as { notice: string }
    if (values.json) return io.out(JSON.stringify({ files: paths, notice, integrity, sdk, model }))
    io.out(
      [
        ...paths.map(path => `Wrote ${path}`),
        `Serve ${sdk} as /nearside/, and ${model} as /nearside/model.json.`,
        'Say in nearside.json which paths are which kind of page (docs/install.md); then put the tag into the head of every page.',
      ].join('\n'),
    )
  },
}
