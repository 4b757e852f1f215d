/** The site's config with what a new model needs, and nothing else changed. */

import { parseConfig, revised } from '../core/config.ts'
import { areCovered } from '../core/covered.ts'
import type { Model } from '../core/model.ts'
import { type Need, needsOf } from '../core/needs.ts'
import { fault, parseJson } from '../core/parse.ts'
import { printJson } from './print.ts'

/** Needs of a model, as the gate wants them. */
export const modelNeeds = (model: Model): Need[] => needsOf(model.features)

/** Is all that the model needs in the config already, under the notice that is due? */
const holds = (json: string, needs: readonly Need[], place: string): boolean => {
  try {
    return areCovered(needs, parseConfig(json, place).needs)
  } catch {
    return false
  }
}

/**
 * Replaces `needs` in a config's text, and writes the notice that is then due. Where the model needs less, or the same, the text
 * stays: devices note no more than the model needs, and nobody is asked again.
 * @throws ParseError where the text is no config, or offers fewer categories than the model needs
 */
export const withNeeds = (json: string, needs: readonly Need[], place: string): string => {
  const config = parseJson(json, place)
  if (config === null || typeof config !== 'object' || Array.isArray(config))
    return fault(place, 'not an object', 'Give a nearside.json')
  return holds(json, needs, place) ? json : `${printJson(revised({ ...config, needs }, place))}\n`
}
