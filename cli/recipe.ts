/** `nearside recipe`: looks at data files and drafts the recipe, in a dialogue or at once. */

import { existsSync } from 'node:fs'
import { DAY_MS } from '../core/epoch.ts'
import { fault } from '../core/parse.ts'
import { draftOf, lookAt, presetsFor, type Wishes } from '../trainer/draft.ts'
import { PRESETS, type Preset } from '../trainer/presets.ts'
import { printJson } from '../trainer/print.ts'
import { parseRecipe } from '../trainer/recipe.ts'
import type { Table } from '../trainer/table.ts'
import { readArguments, required, seeHelp } from './arguments.ts'
import { askWishes, isDay } from './dialogue.ts'
import { writeText } from './files.ts'
import { type Command, misuse, progressTo, READING } from './io.ts'
import { readTable } from './table.ts'

const help = `nearside recipe: look at data files and draft the recipe to train on

Usage: nearside recipe <data>… --out <recipe.json> [options]

  <data>              CSV, JSON lines, Parquet or a query (.sql): exports of GA4, Shopify, WooCommerce or Segment, orders, events, figures
  --out <file>        where the recipe goes; a file that is there stays as it is
  --yes               ask nothing, take what is proposed
  --preset <name>     ${PRESETS.join(', ')}
  --name <name>       of the model: up to 16 small letters, digits and -
  --issued <date>     instead of today
  --offline           bind columns that no device can observe, for study
  --json              what was found, as one JSON object on standard output

Columns that look personal are refused, and what no device can compute is said here, not at the end.

Example: nearside recipe orders.csv --out recipe.json --yes`

const options = {
  out: { type: 'string' },
  yes: { type: 'boolean' },
  preset: { type: 'string' },
  name: { type: 'string' },
  issued: { type: 'string' },
  offline: { type: 'boolean' },
  json: { type: 'boolean' },
} as const

const presetAsked = (name: string | undefined): Preset | undefined => {
  const found = PRESETS.find(each => each === name)
  if (name && !found) throw misuse(`--preset ${name.slice(0, 40)}`, `Known: ${PRESETS.join(', ')}`)
  return found
}

const dayAsked = (date: string | undefined): string => {
  const day = date ?? new Date().toISOString().slice(0, 10)
  if (!isDay(day)) throw misuse(`--issued ${day.slice(0, 40)}`, 'Give a date YYYY-MM-DD')
  return day
}

/** A year later; of the 29th of February, the 28th. */
const yearAfter = (day: string): string => `${Number(day.slice(0, 4)) + 1}${day.slice(4).replace('02-29', '02-28')}`

/** A name that a model may have, from that of a file. */
const slugOf = (path: string): string => {
  const file = path.split(/[\\/]/).pop() ?? ''
  const slug = file
    .toLowerCase()
    .replace(/\.[^.]*$/, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
  return slug.slice(0, 16).replace(/-+$/, '') || 'shop'
}

export const recipeCommand: Command = {
  summary: 'look at data files and draft the recipe',
  help,
  run: async (args, io) => {
    const { values, positionals } = readArguments('recipe', args, options)
    if (!positionals.length) throw misuse('no data file', seeHelp('recipe'))
    const out = required(values.out, '--out', 'recipe')
    const preset = presetAsked(values.preset)
    const issued = dayAsked(values.issued)
    if (!values.yes && !io.ask) throw misuse('nobody to ask', 'Add --yes to take what is proposed')
    if (existsSync(out)) fault(out, 'is there already', 'Name another file, or remove it')
    const tables: Table[] = []
    const progress = progressTo(io, 'recipe')
    for (const path of positionals) {
      tables.push((await readTable(path, 'all')).table)
      progress((tables.length / positionals.length) * READING, `read ${path}`)
    }
    const files = lookAt(tables, Date.parse(issued) + DAY_MS)
    progress(1, 'looked at what is in them')
    const proposed: Wishes = {
      name: values.name ?? slugOf(positionals[0] as string),
      issued,
      expires: yearAfter(issued),
      offline: values.offline ?? false,
      ...(preset ? { preset } : {}),
    }
    const featuresFor = (wishes: Wishes) => draftOf(tables, files, wishes).features ?? []
    const wishes =
      values.yes || !io.ask ? proposed : await askWishes(io.ask, io, presetsFor(files), proposed, featuresFor)
    const { recipe, told } = draftOf(tables, files, wishes)
    if (!recipe) {
      for (const line of told.slice(0, -1)) io.err(line)
      fault(positionals.join(', '), told.at(-1) ?? 'nothing was found', 'See docs/training.md for what can be bound')
    }
    const text = `${printJson(recipe)}\n`
    parseRecipe(text, out)
    writeText(out, text)
    if (values.json)
      io.out(
        JSON.stringify({
          out,
          told,
          files: files.map(({ what, kinds, personal, columns }) => ({ what, kinds, personal, columns })),
        }),
      )
    else
      io.out(
        [
          ...told,
          `Wrote ${out}: read it, then nearside train ${positionals.join(' ')} --recipe ${out} --out model.json`,
        ].join('\n'),
      )
  },
}
