/** The site's config and model as the panel found them: read, or with the reason why they cannot be. */

import { type Config, parseConfig, parseDraft } from '../../../core/config.ts'
import type { Model } from '../../../core/model.ts'
import { ParseError } from '../../../core/parse.ts'
import { parseModel } from '../../../core/parse-model.ts'
import type { State } from '../../../core/protocol/devtools.ts'

export interface Fault {
  readonly place: string
  readonly problem: string
  readonly mend: string
}

export interface SiteFiles {
  readonly config?: Config
  readonly model?: Model
  /** What is wrong with either; one may be there all the same, where only its notice is not the one that is due. */
  readonly faults: readonly Fault[]
}

export const NO_FILES: SiteFiles = { faults: [] }

const faultOf = (error: unknown, place: string): Fault =>
  error instanceof ParseError
    ? { place: error.place, problem: error.problem, mend: error.mend }
    : { place, problem: error instanceof Error ? error.message : String(error), mend: 'See what it says' }

/** @returns what the first of the readers that does not throw makes of it */
const attempt = <T>(readers: readonly (() => T)[], place: string): { readonly it?: T; readonly faults: Fault[] } => {
  const faults: Fault[] = []
  for (const read of readers)
    try {
      return { it: read(), faults }
    } catch (error) {
      if (!faults.length) faults.push(faultOf(error, place))
    }
  return { faults }
}

export const readModel = (json: string, place = 'model.json'): { readonly it?: Model; readonly faults: Fault[] } =>
  attempt([() => parseModel(json, place)], place)

const read = (configJson: string | undefined, modelJson: string | null): SiteFiles => {
  const config =
    configJson === undefined
      ? { faults: [] }
      : attempt([() => parseConfig(configJson), () => parseDraft(configJson)], 'nearside.json')
  const model = modelJson === null ? { faults: [] } : readModel(modelJson)
  return {
    ...('it' in config && config.it ? { config: config.it } : {}),
    ...('it' in model && model.it ? { model: model.it } : {}),
    faults: [...config.faults, ...model.faults],
  }
}

/** Reads a state's files, and reads them again only where their texts are others. */
export const createReader = (): ((state: State | undefined) => SiteFiles) => {
  let known:
    | { readonly config: string | undefined; readonly model: string | null; readonly files: SiteFiles }
    | undefined
  return state => {
    if (!state) return NO_FILES
    const config = state.config?.json
    if (!known || known.config !== config || known.model !== state.model)
      known = { config, model: state.model, files: read(config, state.model) }
    return known.files
  }
}
