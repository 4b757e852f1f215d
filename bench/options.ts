/** What the command was asked. */

import { parseArgs } from 'node:util'
import { NEARSIDE, NONE, REFUSED, type Variant, variants } from './variants.ts'

export interface Options {
  readonly rounds: number
  readonly sessions: number
  readonly chosen: readonly Variant[]
  readonly json: boolean
}

export const HELP = `npm run bench [-- options]: what Nearside costs a page, beside others, in a real Chromium.

  --rounds N    visits of each (11); docs/bench.md is written from 11 on, when all are measured
  --sessions N  sessions of twenty pages of each (3)
  --only A,B    these alone, and "none" that they are compared with: ${variants.map(({ name }) => name.replace(', ', '-')).join(', ')}
  --json        every single figure on standard output, instead of the tables
  --help        this

npm run bench -- consent: the banner beside others; ten minutes, and a section of docs/bench.md.
npm run bench -- store: what the store costs in the worker, beside nobody; half a minute, and a section of docs/bench.md.
npm run bench -- popup: the extension's popup beside an empty one; a minute, and a section.
npm run bench -- trainer: what clustering costs, beside ml-kmeans and, where python3 has it, scikit-learn; a minute or two, and a section.

It takes about a minute and a half a round, and two and a half a session of each. It ends with 1 where one of Nearside's own limits is broken.`

const count = (name: string, text: string): number => {
  const number = Number(text)
  if (!Number.isSafeInteger(number) || number < 1) throw new Error(`--${name} ${text}: give a whole number from 1 on.`)
  return number
}

/** @throws Error with a sentence for the person who asked; undefined where help is all that was wanted */
export const parseOptions = (args: readonly string[]): Options | undefined => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '11' },
      sessions: { type: 'string', default: '3' },
      only: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return undefined
  const named = values.only?.split(',').map(name => (name === 'nearside-refused' ? REFUSED : name))
  const unknown = named?.find(name => !variants.some(variant => variant.name === name))
  if (unknown !== undefined) throw new Error(`--only ${unknown}: see --help for the names.`)
  const wanted = named && [NONE, ...named, ...(named.includes(NEARSIDE) ? [REFUSED] : [])]
  return {
    rounds: count('rounds', values.rounds),
    sessions: count('sessions', values.sessions),
    chosen: variants.filter(({ name }) => !wanted || wanted.includes(name)),
    json: values.json,
  }
}
