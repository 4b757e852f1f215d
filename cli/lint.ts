/** `nearside lint`: looks over a recipe or a model before anybody else does. */

import { fault, parseJson } from '../core/parse.ts'
import { parseModel } from '../core/parse-model.ts'
import { type Lint, lintModel, lintRecipe } from '../trainer/names/lint.ts'
import { parseRecipe } from '../trainer/recipe.ts'
import { readArguments, seeHelp } from './arguments.ts'
import { readText } from './files.ts'
import { type Command, misuse } from './io.ts'

const help = `nearside lint: look over a recipe or a model

Usage: nearside lint <recipe.json | model.json>… [options]

  --strict         warnings are errors
  --today <date>   instead of the machine's: is a model still good?
  --json           one JSON object on standard output

It finds labels that touch on what the law protects, or that judge; names that nobody gave; groups that are too small;
what the recipe leaves unstated; models that have expired.

Example: nearside lint recipe.json model.json`

const options = { strict: { type: 'boolean' }, today: { type: 'string' }, json: { type: 'boolean' } } as const

const isModel = (value: unknown): boolean => typeof value === 'object' && value !== null && 'v' in value

const lintFile = (path: string, today: string): Lint[] => {
  const text = readText(path)
  return isModel(parseJson(text, path))
    ? lintModel(parseModel(text, path), path, today)
    : lintRecipe(parseRecipe(text, path))
}

const count = (lints: readonly Lint[], level: Lint['level']): number => lints.filter(it => it.level === level).length

export const lintCommand: Command = {
  summary: 'look over a recipe or a model',
  help,
  run: async (args, io) => {
    const { values, positionals } = readArguments('lint', args, options)
    if (!positionals.length) throw misuse('no file', seeHelp('lint'))
    const today = values.today ?? new Date().toISOString().slice(0, 10)
    const found = positionals.flatMap(path => lintFile(path, today))
    if (values.json) io.out(JSON.stringify({ found }))
    else for (const { level, place, problem, mend } of found) io.out(`${level}: ${place}: ${problem}. ${mend}.`)
    const [errors, warnings] = [count(found, 'error'), count(found, 'warning')]
    const told = `${errors} errors, ${warnings} warnings`
    if (errors || (values.strict && warnings)) fault(positionals.join(', '), told, 'Mend them')
    if (!values.json) io.out(told)
  },
}
