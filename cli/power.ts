/** `nearside power`: how many devices it takes to see an effect. */

import { LEAST_EPSILON, MOST_EPSILON, parseEpsilon } from '../core/epsilon.ts'
import { devicesNeeded } from '../trainer/power.ts'
import { readArguments, required, seeHelp } from './arguments.ts'
import { type Command, misuse } from './io.ts'

const help = `nearside power: how many devices it takes to see an effect

Usage: nearside power --from <percent> --to <percent> [options]

  --from <percent>      how often the outcome comes without personalisation
  --to <percent>        how often you hope it will come with it
  --control <percent>   share of devices in the control group (default 50)
  --power <percent>     how surely a real effect is to be seen (default 80)
  --epsilon <number>    outcomes are randomised on the device with this epsilon (${LEAST_EPSILON} to ${MOST_EPSILON}; default: exact)
  --json                one JSON object on standard output

Two-sided, at 95 % confidence. Devices, not people; and only those that granted measurement.

Example: nearside power --from 3 --to 3.5`

const options = {
  from: { type: 'string' },
  to: { type: 'string' },
  control: { type: 'string' },
  power: { type: 'string' },
  epsilon: { type: 'string' },
  json: { type: 'boolean' },
} as const

const shareOf = (value: string, option: string): number => {
  const percent = /^\d{1,3}(\.\d{1,6})?$/.test(value) ? Number(value) : NaN
  if (!(percent > 0 && percent < 100))
    throw misuse(`${option} ${value.slice(0, 40)}`, 'Give a percentage between 0 and 100')
  return percent / 100
}

export const powerCommand: Command = {
  summary: 'how many devices it takes to see an effect',
  help,
  run: async (args, io) => {
    const { values, positionals } = readArguments('power', args, options)
    if (positionals.length) throw misuse(`a word too many: ${positionals[0]}`, seeHelp('power'))
    const [from, to] = [
      shareOf(required(values.from, '--from', 'power'), '--from'),
      shareOf(required(values.to, '--to', 'power'), '--to'),
    ]
    if (from === to) throw misuse('--from and --to are the same', 'There is no effect to be seen')
    const control = shareOf(values.control ?? '50', '--control')
    const power = shareOf(values.power ?? '80', '--power')
    const epsilon = values.epsilon === undefined ? undefined : parseEpsilon(Number(values.epsilon), '--epsilon')
    const needed = devicesNeeded({ from, to, control, power, ...(epsilon === undefined ? {} : { epsilon }) })
    if (values.json) return io.out(JSON.stringify(needed))
    const whole = new Intl.NumberFormat('en-GB')
    io.out(
      `${whole.format(needed.devices)} devices: ${whole.format(needed.control)} in the control group, ${whole.format(needed.treated)} personalised`,
    )
  },
}
