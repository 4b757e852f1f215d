/** What training leaves behind: the model, and on request its card, its figures, and the needs of a config. */

import { cardDocument } from '../trainer/model-card/document.ts'
import { picturesOf } from '../trainer/model-card/pictures.ts'
import { modelNeeds, withNeeds } from '../trainer/needs.ts'
import { isOffline, printModel } from '../trainer/print.ts'
import type { Recipe } from '../trainer/recipe.ts'
import type { Trained } from '../trainer/train.ts'
import { readText, writeText } from './files.ts'
import { misuse } from './io.ts'
import { jsonSummary, type Summary } from './summary.ts'

export const fileOptions = {
  out: { type: 'string' },
  card: { type: 'string' },
  summary: { type: 'string' },
  config: { type: 'string' },
} as const

export interface Paths {
  readonly out: string
  readonly card?: string | undefined
  readonly summary?: string | undefined
  readonly config?: string | undefined
}

export interface Made {
  readonly summary: Summary
  /** @throws ParseError where a file cannot be written */
  readonly write: () => void
}

/**
 * Reads what must be there before anything is learned.
 * @returns makes all texts before the first is written: a model never stands beside a config that refuses it
 * @throws what {@link misuse} makes where a config is named and no device takes the model
 */
export const filesFor = (
  recipe: Recipe,
  { out, card, summary: figures, config }: Paths,
  progress: (done: number, what: string) => void,
): ((trained: Trained, digest: string) => Made) => {
  const offline = isOffline(recipe)
  if (config && offline)
    throw misuse('--config with a recipe that binds offline columns', 'No device collects for it: leave --config out')
  const before = config === undefined ? '' : readText(config)
  return (trained, digest) => {
    const { model } = trained
    const needs = offline ? [] : modelNeeds(model)
    const { dataset, notPersonal } = recipe
    const page = { model, card: trained.card, needs, digest, offline, dataset, notPersonal }
    const files = [out, figures, card, config].filter(path => path !== undefined)
    const summary = { card: trained.card, needs, digest, out, offline, files }
    const texts: [path: string, text: string][] = [[out, printModel(recipe, model)]]
    if (figures !== undefined) texts.push([figures, `${jsonSummary(summary)}\n`])
    if (card !== undefined)
      texts.push([card, cardDocument({ ...page, pictures: picturesOf(recipe, trained, progress) })])
    if (config !== undefined) texts.push([config, withNeeds(before, needs, config)])
    return { summary, write: () => texts.forEach(([path, text]) => writeText(path, text)) }
  }
}
