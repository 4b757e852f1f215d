/** The site's config with what a new model needs, and nothing else changed. */

import { revised } from '../core/config.ts'
import type { Model } from '../core/model.ts'
import { type Need, needsOf } from '../core/needs.ts'
import { fault, parseJson } from '../core/parse.ts'
import { printJson } from './print.ts'

/** Needs of a model, as the gate wants them. */
export const modelNeeds = (model: Model): Need[] => needsOf(model.features)

/**
 * Replaces `needs` in a config's text, and writes the notice that is then due.
 * @throws ParseError where the text is no config, or offers fewer categories than the model needs
 */
export const withNeeds = (json: string, needs: readonly Need[], place: string): string => {
  const config = parseJson(json, place)
  if (config === null || typeof config !== 'object' || Array.isArray(config))
    return fault(place, 'not an object', 'Give a nearside.json')
  return `${printJson(revised({ ...config, needs }, place))}\n`
}
