/** Finds the command, runs it, and turns what goes wrong into one clear line and an exit code. */

import { ParseError } from '../core/parse.ts'
import { VERSION } from '../trainer/version.ts'
import { anonymizeCommand } from './anonymize.ts'
import { cardCommand } from './card.ts'
import { convertCommand } from './convert.ts'
import { diffCommand } from './diff.ts'
import { driftCommand } from './drift.ts'
import { explainCommand } from './explain.ts'
import { importCommand } from './import.ts'
import { initCommand } from './init.ts'
import { BAD_INPUT, type Command, type Exit, type Io, isMisuse, misuse, OK, USAGE } from './io.ts'
import { lintCommand } from './lint.ts'
import { noticeCommand } from './notice.ts'
import { powerCommand } from './power.ts'
import { publishCommand } from './publish.ts'
import { recipeCommand } from './recipe.ts'
import { forgetCommand, retrainCommand } from './retrain.ts'
import { reviseCommand } from './revise.ts'
import { rulesCommand } from './rules.ts'
import { signCommand, verifyCommand } from './sign.ts'
import { tokenizeCommand } from './tokenize.ts'
import { trainCommand } from './train.ts'

const commands: { readonly [name: string]: Command } = {
  init: initCommand,
  recipe: recipeCommand,
  revise: reviseCommand,
  notice: noticeCommand,
  convert: convertCommand,
  train: trainCommand,
  card: cardCommand,
  rules: rulesCommand,
  lint: lintCommand,
  explain: explainCommand,
  drift: driftCommand,
  diff: diffCommand,
  retrain: retrainCommand,
  forget: forgetCommand,
  tokenize: tokenizeCommand,
  anonymize: anonymizeCommand,
  import: importCommand,
  sign: signCommand,
  verify: verifyCommand,
  publish: publishCommand,
  power: powerCommand,
}

const help = (): string => {
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(10)}${summary}`)
  return [
    'nearside: customer segmentation that stays on the customer’s side',
    '',
    'Usage: nearside <command> [options]',
    '',
    ...lines,
    '',
    '  --help      this, or after a command: its options and an example',
    '  --version   the version',
    '',
    'Example: nearside train visits.csv --recipe recipe.json --out model.json',
    '',
    'Exit codes: 0 done, 1 bad input, 2 wrong usage',
  ].join('\n')
}

const dispatch = async (argv: readonly string[], io: Io): Promise<void> => {
  const [name, ...args] = argv
  if (name === '--version') return io.out(VERSION)
  if (!name) throw misuse('no command', 'See nearside --help')
  if (name === '--help' || name === 'help') return io.out(help())
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) throw misuse(`no command ${name.slice(0, 40)}`, `Known: ${Object.keys(commands).join(', ')}`)
  if (args.includes('--help')) return io.out(command.help)
  await command.run(args, io)
}

/**
 * Runs the command line `argv` (without node and script).
 * @returns the exit code: 0 done, 1 bad input, 2 wrong usage
 */
export const run = async (argv: readonly string[], io: Io): Promise<Exit> => {
  try {
    await dispatch(argv, io)
    return OK
  } catch (error) {
    if (isMisuse(error)) {
      io.err(error.message)
      return USAGE
    }
    if (error instanceof ParseError) {
      io.err(error.message)
      return BAD_INPUT
    }
    throw error
  }
}
