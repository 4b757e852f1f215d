/** `--names`: the recipe with the names of a model filled in, to be edited and approved. */

import { fault, parseJson } from '../core/parse.ts'
import type { Card } from '../trainer/card.ts'
import { printJson } from '../trainer/print.ts'
import { parseRecipe } from '../trainer/recipe.ts'

interface Written {
  readonly segmentations: readonly { readonly kind: string }[]
}

/**
 * @param json the recipe's text
 * @param card of a model trained by it
 * @throws ParseError where the text is no recipe
 */
export const withNames = (json: string, { k, segments }: Card, place: string): string => {
  parseRecipe(json, place)
  const recipe = parseJson(json, place) as Written
  if (!segments.length) fault(place, 'no segment to name', 'Train a model first')
  const named = segments
    .filter(each => !each.outliers)
    .map(({ label, description, typical }) => ({ label, description, typical }))
  const segmentations = recipe.segmentations.map(it => (it.kind === 'centroids' ? { ...it, k, segments: named } : it))
  return `${printJson({ ...recipe, segmentations })}\n`
}
