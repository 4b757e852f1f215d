/** `nearside card`: what a model file says of itself, as a page. */

import { modelId } from '../core/model.ts'
import { needsOf } from '../core/needs.ts'
import { parseModel } from '../core/parse-model.ts'
import { modelDocument } from '../trainer/model-card/document.ts'
import { readArguments, required, seeHelp } from './arguments.ts'
import { readText, writeText } from './files.ts'
import { type Command, misuse } from './io.ts'

const help = `nearside card: a model card from the model alone

Usage: nearside card <model.json> --out <card.html> [--json]

  --out <file>   where the card goes: one HTML file that fetches nothing
  --json         what was written, as one JSON object on standard output

It tells the segments and what sets them apart, rules, bands, what devices collect and why, and what is guaranteed. Sizes, maps
and how well it foretells are not in a model, which is public: nearside train --card writes a card with those.

Example: nearside card model.json --out card.html`

const options = { out: { type: 'string' }, json: { type: 'boolean' } } as const

export const cardCommand: Command = {
  summary: 'draw what a model says of itself, without its data',
  help,
  run: async (args, io) => {
    const { values, positionals } = readArguments('card', args, options)
    const [path, ...more] = positionals
    if (!path || more.length) throw misuse('one model is wanted', seeHelp('card'))
    const out = required(values.out, '--out', 'card')
    const model = parseModel(readText(path), path)
    writeText(out, modelDocument(model))
    const told = {
      model: modelId(model),
      segmentations: model.segmentations.length,
      needs: needsOf(model.features),
      out,
    }
    io.out(values.json ? JSON.stringify(told) : `Wrote ${out}`)
  },
}
