/** `nearside convert`: takes over what another consent tool was configured with, as far as it can be taken over. */

import { parseDraft, revised } from '../core/config.ts'
import { PURPOSES, type Purpose } from '../core/consent.ts'
import { fault, parseJson } from '../core/parse.ts'
import type { Clearing } from '../core/policy.ts'
import type { Recipient } from '../core/recipient.ts'
import { printJson } from '../trainer/print.ts'
import { readArguments, required, seeHelp } from './arguments.ts'
import { type Found, fromKlaro, fromVanilla, purposeOf, type Switch } from './consent-tools.ts'
import { readText, writeText } from './files.ts'
import { type Command, misuse } from './io.ts'
import { readLiteral } from './object-literal.ts'

const help = `nearside convert: take over the config of another consent tool

Usage: nearside convert <config.js> --from <tool> --into <nearside.json> [options]

Each service becomes a recipient with a switch of its own, under the purpose that its category stands for. The file is read, never
run: what is code in it is listed, for you to do by hand (docs/migrating.md).

  --from <tool>          klaro, vanilla-cookieconsent
  --into <file>          the config that it goes into (nearside init writes one)
  --map <name>=<what>    what a category is: ${PURPOSES.join(', ')}, or none; may be repeated
  --dry-run              write nothing
  --json                 one JSON object on standard output

Example: nearside convert klaro-config.js --from klaro --into nearside.json --map livechat=activation`

const options = {
  from: { type: 'string' },
  into: { type: 'string' },
  map: { type: 'string', multiple: true },
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' },
} as const

const TOOLS: { readonly [tool: string]: typeof fromKlaro } = { klaro: fromKlaro, 'vanilla-cookieconsent': fromVanilla }

const asMap = (given: readonly string[] = []): { [name: string]: string } =>
  Object.fromEntries(
    given.map(each => {
      const [, name, what] = /^(.+)=([a-z]+)$/.exec(each) ?? []
      if (!name || !what || ![...PURPOSES, 'none'].includes(what))
        throw misuse(`--map ${each.slice(0, 40)}`, `Give name=what, where what is one of ${PURPOSES.join(', ')}, none`)
      return [name, what]
    }),
  )

const LONGEST_NAME = 80
const SIX_MONTHS = 180

interface Taken {
  readonly recipients: readonly Recipient[]
  readonly clear: readonly Clearing[]
  /** What scripts of the page have to be marked with, by how they were marked. */
  readonly scripts: readonly { readonly id: string; readonly purpose: Purpose }[]
  readonly told: readonly string[]
}

/** What it cleared on a no, as the config has it: one entry for each place that cookies were kept in. */
const clearingOf = (taken: readonly { readonly it: Switch; readonly purpose: Purpose }[]): Clearing[] => {
  const places = new Map<string, Clearing>()
  for (const { it, purpose } of taken)
    for (const { name, path, domain } of it.cookies) {
      const place = { purpose, ...(domain ? { domain } : {}), ...(path ? { path } : {}) }
      const key = JSON.stringify(place)
      const names = new Set([...(places.get(key)?.cookies ?? []), name])
      places.set(key, { ...place, cookies: [...names] })
    }
  return [...places.values()]
}

/** The part that can be taken over, and what was found about the rest. */
const take = ({ switches, told, days }: Found, map: { readonly [name: string]: string }): Taken => {
  const named = switches.map(it => ({ it, purpose: purposeOf(it, map) }))
  const taken = named.flatMap(({ it, purpose }) => (purpose && purpose !== 'none' ? [{ it, purpose }] : []))
  const recipients = new Map(
    taken.map(({ it, purpose }) => [it.title.trim().slice(0, LONGEST_NAME) || it.id.slice(0, LONGEST_NAME), purpose]),
  )
  const ticked = taken.filter(({ it }) => it.ticked).map(({ it }) => it.title)
  return {
    recipients: [...recipients].map(([name, purpose]) => ({ name, purpose })),
    clear: clearingOf(taken),
    scripts: taken.map(({ it, purpose }) => ({ id: it.id, purpose })),
    told: [
      ...told,
      ...(ticked.length ? [`Ticked beforehand: ${ticked.join(', ')}. Here nothing is.`] : []),
      ...(days > SIX_MONTHS ? [`An answer was kept ${days} days; here ${SIX_MONTHS}.`] : []),
      ...named.flatMap(({ it, purpose }) =>
        purpose === 'none' ? [`Left out, as it needs no consent: ${it.title}. Load it as it is.`] : [],
      ),
      ...named.flatMap(({ it, purpose }) =>
        purpose
          ? []
          : [
              `Left out, as ${it.under.join(', ') || 'no category'} says too little: ${it.title}. Add --map ${it.under[0] ?? it.id}=…`,
            ],
      ),
    ],
  }
}

const ADDRESS = /^(https?:\/\/|\/(?!\/)|\.{1,2}\/)/

const keyOf = ({ purpose, domain, path, cookies }: Clearing): string => JSON.stringify([purpose, domain, path, cookies])

/** The config with what was taken over, which a visitor has to be asked about anew. @throws ParseError */
const merged = (before: object, place: string, { recipients, clear }: Taken, { privacy, days }: Found): object => {
  const config = parseDraft(JSON.stringify({ ...before, notice: 'draft' }), place)
  const known = new Set(config.recipients.map(({ name }) => name))
  const all = [...config.recipients, ...recipients.filter(({ name }) => !known.has(name))]
  const cleared = config.consent?.clear ?? []
  const fresh = clear.filter(each => !cleared.some(it => keyOf(it) === keyOf(each)))
  const isNew = privacy && ADDRESS.test(privacy) && !config.controller.privacy
  const controller = { ...config.controller, ...(isNew ? { privacy } : {}) }
  return revised(
    {
      ...before,
      controller,
      purposes: PURPOSES.filter(it => config.purposes.includes(it) || all.some(({ purpose }) => purpose === it)),
      recipients: all,
      ...(fresh.length ? { consent: { ...config.consent, clear: [...cleared, ...fresh] } } : {}),
      ...(days < config.askAgainAfter && days >= 1 ? { askAgainAfter: Math.floor(days) } : {}),
    },
    place,
  )
}

const printed = ({ recipients, clear, scripts, told }: Taken, passedOver: readonly string[]): string[] => [
  ...recipients.map(({ name, purpose }) => `${purpose}: ${name}`),
  ...scripts.map(({ id, purpose }) => `Scripts marked ${id}: type="text/plain" data-nearside-purpose="${purpose}"`),
  ...clear.map(({ purpose, cookies = [] }) => `Cleared on a no to ${purpose}: ${cookies.join(', ')}`),
  ...told,
  ...(passedOver.length ? [`Code, to be done by hand: ${passedOver.join(', ')}`] : []),
]

export const convertCommand: Command = {
  summary: 'take over the config of another consent tool',
  help,
  run: async (args, io) => {
    const { values, positionals } = readArguments('convert', args, options)
    const [path, ...more] = positionals
    if (!path || more.length) throw misuse(path ? 'more than one config' : 'no config', seeHelp('convert'))
    const tool = required(values.from, '--from', 'convert')
    const read = Object.hasOwn(TOOLS, tool) ? TOOLS[tool] : undefined
    if (!read) throw misuse(`--from ${tool.slice(0, 40)}`, `Known: ${Object.keys(TOOLS).join(', ')}`)
    const into = required(values.into, '--into', 'convert')
    const map = asMap(values.map)
    const { data, passedOver } = readLiteral(readText(path), path)
    const found = read(data as Parameters<typeof read>[0])
    if (!found.switches.length) fault(path, 'no services or categories in it', `Is it a config of ${tool}?`)
    const taken = take(found, map)
    const before = parseJson(readText(into), into)
    if (before === null || typeof before !== 'object') return fault(into, 'not an object', 'Give a nearside.json')
    const after = merged(before, into, taken, found)
    if (!values['dry-run']) writeText(into, `${printJson(after)}\n`)
    if (values.json) return io.out(JSON.stringify({ ...taken, passedOver, config: after }))
    io.out([...printed(taken, passedOver), values['dry-run'] ? 'Nothing was written.' : `Wrote ${into}`].join('\n'))
  },
}
