/** Does a model ask for more than the site's config says? Apart from the rest of `needs`, for the worker carries this alone. */

import type { FeatureSpec, Selection } from './feature.ts'
import type { Need } from './needs.ts'
import { isOpen } from './signal.ts'

/** The first thing that these features want and `needs` does not allow, as a phrase; undefined where all is covered. */
export const excessIn = (needs: readonly Need[], features: readonly FeatureSpec[]): string | undefined => {
  for (const spec of features) {
    const { kind, field, where, over, aggregate } = spec
    // A share is of all signals of its kind, so those must all be there; its filter names fields that must be, too.
    const asked: Selection[] = [spec, ...(aggregate === 'share' ? [{ kind }] : []), ...(over ? [over] : [])]
    for (const selection of asked) {
      const need = needs.find(each => each.kind === selection.kind)
      if (!need) return `signals of kind ${selection.kind}`
      const own = selection.kind === kind ? [...(field ? [field] : []), ...Object.keys(where ?? {})] : []
      const missing = [...own, ...Object.keys(selection.where ?? {})].find(name => !need.fields.includes(name))
      if (missing) return `the field ${missing} of ${selection.kind}`
      for (const name in need.words) {
        const any = isOpen(selection.kind, name) ? 'other' : 'any word'
        const word = (selection.where?.[name] ?? [any]).find(each => !need.words?.[name]?.includes(each))
        if (word) return `${selection.kind} with ${name} ${word}`
      }
    }
  }
  return undefined
}
