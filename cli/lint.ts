/** `nearside lint`: looks over a recipe, a model or a config before anybody else does. */

import { parseConfig } from '../core/config.ts'
import { lintConfig } from '../core/lint/config.ts'
import { lintModel } from '../core/lint/model.ts'
import type { Lint } from '../core/lint/parts.ts'
import { fault, parseJson } from '../core/parse.ts'
import { parseModel } from '../core/parse-model.ts'
import { lintRecipe } from '../trainer/names/lint.ts'
import { parseRecipe } from '../trainer/recipe.ts'
import { readArguments, seeHelp } from './arguments.ts'
import { readText } from './files.ts'
import { type Command, misuse } from './io.ts'
import { readServed } from './served.ts'

const help = `nearside lint: look over a recipe, a model or a config

Usage: nearside lint <recipe.json | model.json | nearside.json | https://…>… [options]

  --strict         warnings are errors
  --today <date>   instead of the machine's: is a model still good?
  --json           one JSON object on standard output

It finds labels that touch on what the law protects, or that judge; names that nobody gave; groups that are too small;
what the recipe leaves unstated; models that have expired; scalers that tell a person's extreme; pages of a config that no
visitor should be watched on. Of an address, also headers by which a server may give each visitor another file.

Example: nearside lint recipe.json model.json`

const options = { strict: { type: 'boolean' }, today: { type: 'string' }, json: { type: 'boolean' } } as const

const isModel = (value: unknown): boolean => typeof value === 'object' && value !== null && 'v' in value

const isConfig = (value: unknown): boolean => typeof value === 'object' && value !== null && 'controller' in value

const lintText = (text: string, path: string, today: string): Lint[] => {
  const document = parseJson(text, path)
  if (isConfig(document)) return lintConfig(parseConfig(text, path), path)
  return isModel(document) ? lintModel(parseModel(text, path), path, today) : lintRecipe(parseRecipe(text, path))
}

const lintFile = async (path: string, today: string): Promise<Lint[]> => {
  if (!/^https?:\/\//.test(path)) return lintText(readText(path), path, today)
  const { text, found } = await readServed(path)
  return [...found, ...lintText(text, path, today)]
}

const count = (lints: readonly Lint[], level: Lint['level']): number => lints.filter(it => it.level === level).length

const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`

export const lintCommand: Command = {
  summary: 'look over a recipe, a model or a config',
  help,
  run: async (args, io) => {
    const { values, positionals } = readArguments('lint', args, options)
    if (!positionals.length) throw misuse('no file', seeHelp('lint'))
    const today = values.today ?? new Date().toISOString().slice(0, 10)
    const found = (await Promise.all(positionals.map(path => lintFile(path, today)))).flat()
    if (values.json) io.out(JSON.stringify({ found }))
    else for (const { level, place, problem, mend } of found) io.out(`${level}: ${place}: ${problem}. ${mend}.`)
    const [errors, warnings] = [count(found, 'error'), count(found, 'warning')]
    const told = `${counted(errors, 'error')}, ${counted(warnings, 'warning')}`
    if (errors || (values.strict && warnings)) fault(positionals.join(', '), told, 'Mend them')
    if (!values.json) io.out(told)
  },
}
