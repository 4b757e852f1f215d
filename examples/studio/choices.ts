/** What a person chose, put into the draft of a recipe. */

import { printJson } from '../../trainer/print.ts'

export interface Choices {
  readonly name: string
  readonly basis: string
  readonly features: readonly string[]
  readonly k: number | { readonly from: number; readonly to: number }
  readonly method: 'kmeans' | 'ward'
  readonly minimumSize: number
  readonly foretell?: { readonly column: string; readonly is: string }
}

interface Bound {
  readonly column: string
  readonly feature?: { readonly name: string }
  readonly offline?: { readonly name: string }
}

/** As much of a drafted recipe as choices change. */
interface Draft {
  readonly name: string
  readonly dataset: { readonly basis: string }
  readonly vector?: readonly Bound[]
  readonly features?: readonly { readonly name: string }[]
  readonly segmentations: readonly { readonly features: readonly string[] }[]
}

const nameOf = ({ feature, offline }: Bound): string => feature?.name ?? offline?.name ?? ''

const foretelling = ({ column, is }: NonNullable<Choices['foretell']>, features: readonly string[]) => ({
  ...{ kind: 'propensity', id: 'likely', label: `How likely ${column} is ${is}`.slice(0, 60), uses: ['offer'] },
  ...{ features, outcome: { column, is: [is] }, ids: 'p' },
})

/** A model's name out of whatever was typed. */
const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 16)
    .replace(/-+$/, '')

/** @returns the recipe's text */
export const recipeFrom = (drafted: string, choices: Choices): string => {
  const draft = JSON.parse(drafted) as Draft
  const { foretell, method, k, minimumSize } = choices
  const kept = (name: string): boolean => choices.features.includes(name)
  const vector = draft.vector?.filter(each => kept(nameOf(each)) && each.column !== foretell?.column)
  const features = draft.features?.filter(({ name }) => kept(name))
  const left = (vector ? vector.map(nameOf) : (features ?? []).map(({ name }) => name)) as readonly string[]
  const [group] = draft.segmentations
  const segmentations = [
    { ...group, features: group?.features.filter(name => left.includes(name)), k, method },
    ...(foretell && vector ? [foretelling(foretell, left)] : []),
  ]
  return `${printJson({
    ...draft,
    name: slug(choices.name) || draft.name,
    dataset: { ...draft.dataset, ...(choices.basis.trim() ? { basis: choices.basis.trim() } : {}) },
    minimumSize,
    ...(vector ? { vector } : {}),
    ...(features ? { features } : {}),
    segmentations,
    ...(foretell && vector ? { outcome: { column: foretell.column, is: [foretell.is] } } : {}),
  })}\n`
}
