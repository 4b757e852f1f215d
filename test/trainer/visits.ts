// Visits around three middles, a recipe for them, and a model trained on them.
import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { parseModel } from '../../core/parse-model.ts'
import { seeded } from '../../trainer/random.ts'
import { seed } from '../harness/size.ts'
import { nearside, scratch, smallRecipe } from './io.ts'

export const read = (path: string): string => readFileSync(path, 'utf8')

/** Visits around three middles; `weights` say how many of each. */
export const visits = (weights: readonly [number, number, number], of = 300, from = 0): string => {
  const random = seeded(seed, from)
  const middles = [
    [30, 1],
    [3, 3],
    [2, 15],
  ] as const
  const total = weights.reduce((a, b) => a + b, 0)
  return [
    'who,shelf,cart',
    ...Array.from({ length: of }, (_, i) => {
      const at = (i * total) / of
      const [shelf, cart] = middles[at < weights[0] ? 0 : at < weights[0] + weights[1] ? 1 : 2] as readonly [
        number,
        number,
      ]
      return `p${from + i},${shelf + Math.floor(random() * 5)},${cart + Math.floor(random() * 3)}`
    }),
  ].join('\n')
}

export const recipe = (k = 3, change: object = {}) => smallRecipe({ key: 'who', test: 0, ...change }, { k })

export const trained = async (data = visits([1, 1, 1]), text = recipe()) => {
  const at = scratch()
  const [file, path, model] = [at('data.csv', data), at('recipe.json', text), at('model.json')]
  const { code, err, out } = await nearside('train', file, '--recipe', path, '--out', model)
  expect({ code, err }).toEqual({ code: 0, err: '' })
  return { at, file, recipe: path, model, out }
}

export const segmentsOf = (path: string) => parseModel(read(path)).segmentations[0]?.segments.slice(1) ?? []
