/** Whether it happened, row by row: read from a column, or folded from the signals of the days after. */

import { DAY_MS, dateOf } from '../../core/epoch.ts'
import { foldAfresh, rawVector } from '../../core/feature.ts'
import { fault } from '../../core/parse.ts'
import type { Signal } from '../../core/signal.ts'
import { type Gathered, gatherAll } from '../gather.ts'
import { filesOf } from '../personal-terms.ts'
import type { Recipe } from '../recipe.ts'
import type { SignalRows } from '../signal-rows.ts'
import { type Cell, cellsOf, numberIn, type Table, textIn } from '../table.ts'
import type { Outcome, PropensityRecipe } from './recipe.ts'

/** By data row or key: did it happen? Undefined where nothing tells. */
export type Told = (index: number) => boolean | undefined

type Ahead = Extract<Outcome, { days: number }>
type InColumn = Exclude<Outcome, Ahead>

/** A column of more words holds no answers, but texts that are nobody's to repeat. */
const MOST_WORDS = 12

/** `true` is not `TRUE`: a word that never comes is most likely another's spelling. */
const checkWords = (words: ReadonlySet<string>, cells: readonly Cell[], column: string, place: string): void => {
  const held = new Set(cells.map(textIn).filter(text => text !== null))
  if ([...words].some(word => held.has(word))) return
  const told = held.size > MOST_WORDS ? `${held.size} different texts` : [...held].sort().join(', ') || 'nothing'
  fault(place, `no row of ${column} is ${[...words].join(' or ')}`, `It holds: ${told}`)
}

const fromColumn = (outcome: InColumn, table: Table, place: string): Told => {
  const cells = cellsOf(table, outcome.column, `${place}.column`)
  const cellAt = (index: number) => cells[index] ?? null
  if ('is' in outcome) {
    const words = new Set(outcome.is)
    checkWords(words, cells, outcome.column, place)
    return index => {
      const text = textIn(cellAt(index))
      return text === null ? undefined : words.has(text)
    }
  }
  return index => {
    const value = numberIn(cellAt(index))
    return typeof value === 'number' ? value >= outcome.least : undefined
  }
}

const isWithin = ({ least = -Infinity, most = Infinity }: Ahead, value: number): boolean =>
  value >= least && value <= most

interface Everybody {
  readonly recipe: Recipe
  readonly people: readonly Gathered[]
}

/** Of a table, what everybody did in all of it: read once, however many outcomes ask. */
const whole = new WeakMap<Table, Everybody>()

const everybodyIn = (recipe: Recipe, signals: SignalRows, table: Table): Everybody['people'] => {
  const known = whole.get(table)
  if (known?.recipe === recipe) return known.people
  const sources = [signals, ...recipe.further].map(rows => ({ ...rows, asOf: 'last' as const }))
  const { people } = gatherAll(sources, filesOf(table), `${recipe.place}.signals`, recipe)
  whole.set(table, { recipe, people })
  return people
}

const fromDaysAfter = (outcome: Ahead, recipe: Recipe, table: Table, place: string): Told => {
  const signals = recipe.signals
  const asOf = signals?.asOf
  if (!signals || typeof asOf !== 'number') return fault(place, 'of no instant', 'Give signals and an asOf')
  const until = asOf + outcome.days * DAY_MS
  const people = everybodyIn(recipe, signals, table)
  const last = people.reduce((latest, each) => Math.max(latest, each.signals.at(-1)?.at ?? 0), 0)
  // A file that ends earlier would make everybody look as if they had left.
  if (dateOf(last) < dateOf(until - DAY_MS))
    fault(place, `${outcome.days} days after asOf, but the file ends on ${dateOf(last)}`, 'Set asOf earlier')
  const specs = [{ ...outcome.feature, window: outcome.days }]
  const told = people.map(person => {
    const after = person.signals.filter(({ at }: Signal) => at > asOf && at <= until)
    return rawVector(specs, foldAfresh(specs, after), until)[0]
  })
  return index => {
    const value = told[index]
    return value === null || value === undefined ? undefined : isWithin(outcome, value)
  }
}

/** @throws ParseError where the file has not the column, or ends before the days do */
export const toldBy = (it: Pick<PropensityRecipe, 'id' | 'outcome'>, recipe: Recipe, table: Table): Told => {
  const place = `${recipe.place}: outcome of ${it.id}`
  return 'days' in it.outcome ? fromDaysAfter(it.outcome, recipe, table, place) : fromColumn(it.outcome, table, place)
}
