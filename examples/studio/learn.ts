/** From files to a draft, and from a recipe to a model and its card: what the worker does, without the worker. */

import { withNames } from '../../cli/names.ts'
import { DAY_MS } from '../../core/epoch.ts'
import { UNSTATED } from '../../core/lint/model.ts'
import { draftOf, lookAt } from '../../trainer/draft.ts'
import { together } from '../../trainer/join.ts'
import { cardDocument } from '../../trainer/model-card/document.ts'
import { cardPage } from '../../trainer/model-card/page.ts'
import { picturesOf } from '../../trainer/model-card/pictures.ts'
import { modelNeeds } from '../../trainer/needs.ts'
import { personalIn } from '../../trainer/personal-columns.ts'
import { isOffline, printJson, printModel } from '../../trainer/print.ts'
import { parseRecipe } from '../../trainer/recipe.ts'
import { type Table, textIn } from '../../trainer/table.ts'
import { train } from '../../trainer/train.ts'
import type { Candidate, Feature, Learned, Looked } from './protocol.ts'
import { readFiles } from './reading.ts'

/** A column of more words is none of answers. */
const MOST_WORDS = 12
/** What happened to fewer cannot be foretold. */
const FEWEST_ROWS = 50

const candidateOf = (table: Table, column: string): Candidate[] => {
  const counts = new Map<string, number>()
  for (const cell of table.columns.get(column) ?? []) {
    const text = textIn(cell)
    if (text === null) continue
    counts.set(text, (counts.get(text) ?? 0) + 1)
    if (counts.size > MOST_WORDS) return []
  }
  const words = [...counts].filter(([, rows]) => rows >= FEWEST_ROWS && rows <= table.rows - FEWEST_ROWS)
  return words.length > 0 ? [{ column, words: words.map(([word]) => word).sort() }] : []
}

const candidatesIn = (table: Table, personal: readonly string[]): Candidate[] =>
  table.names.filter(name => !personal.includes(name)).flatMap(name => candidateOf(table, name))

const featuresOf = (recipe: string): Feature[] => {
  const { bound, features, vector } = parseRecipe(recipe)
  return [...bound, ...features].map(({ name }) => {
    const it = vector.find(each => ('offline' in each ? each.offline : each.feature).name === name)
    return { name, offline: it !== undefined && 'offline' in it, ...(it ? { column: it.column } : {}) }
  })
}

const dayOf = (now: number): string => new Date(now).toISOString().slice(0, 10)
const YEAR_MS = 365 * DAY_MS

const nameFrom = (file: string): string =>
  file
    .toLowerCase()
    .replace(/\.[^.]*$/, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 16)
    .replace(/-+$/, '') || 'shop'

/** @throws ParseError where a file is broken */
export const look = async (files: readonly File[], now: number): Promise<Looked> => {
  const { tables, recipe } = await readFiles(files)
  const [first] = tables as [Table]
  const personal = tables.flatMap(table =>
    table.names.flatMap(name => personalIn(name, table.columns.get(name))?.column ?? []),
  )
  const title = tables.map(({ place, rows }) => `${place}: ${rows.toLocaleString('en-GB')} rows`).join(', ')
  if (recipe) {
    const features = featuresOf(recipe.text)
    return { recipe: recipe.text, given: true, title, told: [], features, candidates: [], personal }
  }
  const wishes = { name: nameFrom(first.place), issued: dayOf(now), expires: dayOf(now + YEAR_MS), offline: true }
  const draft = draftOf(tables, lookAt(tables, now + DAY_MS), wishes)
  if (!draft.recipe) return { given: false, title, told: draft.told, features: [], candidates: [], personal }
  const text = printJson(draft.recipe)
  const isRows = 'vector' in draft.recipe && tables.length === 1
  return {
    recipe: text,
    given: false,
    title,
    told: draft.told,
    features: featuresOf(text),
    candidates: isRows ? candidatesIn(first, personal) : [],
    personal,
  }
}

/** @throws ParseError where the recipe and the files do not fit, or a segment is too small */
export const learn = async (
  files: readonly File[],
  text: string,
  progress: (done: number, what: string) => void,
): Promise<Learned> => {
  const recipe = parseRecipe(text)
  const { tables, digest } = await readFiles(files)
  const table = together(recipe, tables as [Table, ...Table[]])
  const trained = train(recipe, table, digest, (done, what) => progress(done * 0.8, what))
  const pictures = picturesOf(recipe, trained, (done, what) => progress(0.8 + done * 0.2, what))
  const { model, card } = trained
  const offline = isOffline(recipe)
  const needs = offline ? [] : modelNeeds(model)
  const { dataset, notPersonal } = recipe
  const page = { model, card, needs, digest, offline, dataset, notPersonal, pictures }
  return {
    ...{ name: model.name, offline, recipe: text, model: printModel(recipe, model) },
    ...{ named: withNames(text, card, recipe.place), drafted: card.segments.some(({ drafted }) => drafted) },
    unstated: dataset.basis.startsWith(UNSTATED),
    ...{ card: cardDocument(page), page: cardPage(page) },
  }
}
