/** From signals of each key to the raw numbers of its features, by the fold that runs on a device. */

import { MINUTE_MS } from '../core/epoch.ts'
import type { FeatureSpec, FeatureVector } from '../core/feature.ts'
import { foldAfresh, rawVector } from '../core/feature.ts'
import { fault } from '../core/parse.ts'
import type { Signal } from '../core/signal.ts'
import type { Clean, CleanRow, LeftReason } from './clean.ts'
import { columnsOf, joinedTexts } from './columns.ts'
import { mendFor } from './decimal.ts'
import { type Fate, type Gathered, gatherAll } from './gather.ts'
import { hashOfText } from './random.ts'
import type { Recipe } from './recipe.ts'
import type { Table } from './table.ts'

/** The raw numbers of `specs` at the instant that the recipe names. */
export const foldTo = (specs: readonly FeatureSpec[], recipe: Recipe, signals: readonly Signal[]): FeatureVector => {
  const last = signals.reduce((latest, { at }) => Math.max(latest, at), 0)
  const asOf = recipe.signals?.asOf ?? 'last'
  return rawVector(specs, foldAfresh(specs, signals), asOf === 'last' ? last : asOf)
}

const LONGEST_SAMPLE = 40

/** A person does a few hundred things an hour at most; what does ten times as many is a program. */
const MOST_AN_HOUR = 2000

const isTooFast = (signals: readonly Signal[]): boolean =>
  signals.some(({ at }, i) => at - (signals[i - MOST_AN_HOUR]?.at ?? -Infinity) < 60 * MINUTE_MS)

/** Those of `recipe.bound`, then of `recipe.features`. */
export const foldedOf = (recipe: Recipe, signals: readonly Signal[]): FeatureVector =>
  foldTo([...recipe.bound, ...recipe.features], recipe, signals)

const rowOf = (recipe: Recipe, { key, signals }: Gathered, index: number): CleanRow | LeftReason => {
  if (recipe.exclude?.has(key)) return 'excluded'
  if (!signals.length) return 'no signal left'
  if (isTooFast(signals)) return 'faster than a person'
  const folded = foldedOf(recipe, signals)
  const raws = folded.slice(0, recipe.bound.length)
  if (raws.some(value => value === null)) return 'nothing in the window'
  if (raws.every(value => value === 0)) return 'nothing seen'
  return { index, lot: hashOfText(key), raws: raws as number[], rest: folded.slice(recipe.bound.length) }
}

/** What to do where no line can be used, by what became of most. */
const mendOf = (recipe: Recipe, tables: readonly Table[], fates: readonly Fate[]): string => {
  const most = fates.find(({ fate }) => !fate.startsWith('missing'))
  if (most?.fate === 'later than asOf') return 'Choose a later asOf'
  const at = tables.findIndex(({ place }) => most?.file === undefined || most.file === place)
  const table = tables[at] as Table
  const time = [recipe.signals, ...recipe.further][at]?.time
  if (most?.fate !== 'without an instant' || !time || 'is' in time) return mendFor(recipe, table)
  const sample = joinedTexts(columnsOf(table, recipe.place), time.columns).find(Boolean) ?? 'nothing'
  return `Write time.format so that it fits "${sample.slice(0, LONGEST_SAMPLE)}": now it is ${time.format}`
}

/**
 * Folds the signals of each key. Keys that a device would leave unassigned are left out, and counted with the reason.
 * @throws ParseError where a column is missing or no key is left
 */
export const foldRows = (recipe: Recipe, table: Table): Clean => {
  const { signals: bound, place } = recipe
  if (!bound) return fault(`${place}.signals`, 'nothing is there', 'Give signals, or bind columns by vector')
  const tables = [table, ...(table.beside ?? [])]
  const { people, fates } = gatherAll([bound, ...recipe.further], tables, `${place}.signals`, recipe)
  const read = tables.reduce((sum, { rows }) => sum + rows, 0)
  const left = new Map<LeftReason, number>()
  const rows: CleanRow[] = []
  people.forEach((person, index) => {
    const row = rowOf(recipe, person, index)
    if (typeof row === 'string') left.set(row, (left.get(row) ?? 0) + 1)
    else rows.push(row)
  })
  if (!rows.length) {
    const told = fates.map(({ fate, lines, file }) => `; ${lines} ${fate}${file ? ` (${file})` : ''}`).join('')
    fault(table.place, `none of ${read} lines can be used${told}`, mendOf(recipe, tables, fates))
  }
  const signals = people.reduce((sum, person) => sum + person.signals.length, 0)
  return {
    read: people.length,
    rows,
    left: [...left].map(([reason, count]) => ({ reason, rows: count })),
    lines: { read, signals, fates },
  }
}
