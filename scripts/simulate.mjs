// `npm run simulate [-- --seed 7 --steps 200 --devices 1000]`: the real page and worker code in simulated browsers.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runnerImport } from 'vite'
import { Mend, root, run } from './set-up.mjs'

const HELP = `npm run simulate -- [--seed N] [--steps N] [--devices N] [--json]

Runs the real page and worker code in simulated browsers, one after the other: tabs, storage, network and clocks that fail in
every way they can. Promises are checked at every commit and every request; a sequence that breaks one is made as short as can be.

  --seed N     which sequences (default: drawn, and printed); the same seed does the same again
  --steps N    actions in a sequence, at most (default 40)
  --devices N  sequences (default 1000)
  --json       one JSON object on standard output

Example: npm run simulate -- --seed 7 --steps 200 --devices 1000
Exit code: 0 where every promise was kept, 1 where one was broken, 2 where the command was not understood.`

const whole = (name, text) => {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new Mend(`--${name} ${text}: give a whole number. See npm run simulate -- --help.`)
}

const optionsIn = args => {
  const text = { type: 'string' }
  try {
    return parseArgs({
      args,
      options: { seed: text, steps: text, devices: text, json: { type: 'boolean' }, help: { type: 'boolean' } },
    }).values
  } catch (error) {
    throw new Mend(`${error.message} See npm run simulate -- --help.`)
  }
}

const load = async name => {
  const path = join(root, 'test/simulation', name)
  return (await runnerImport(path, { root, configFile: false, logLevel: 'error' })).module
}

const PROGRESS_MS = 1000

const simulate = async ({ seed, steps, devices, json }) => {
  const { buildSubject } = await load('subject.ts')
  const { explain, runCampaign } = await load('run.ts')
  const started = performance.now()
  let [told, done] = [started, 0]
  const each = () => {
    done++
    if (json || performance.now() - told < PROGRESS_MS) return
    told = performance.now()
    console.error(`${done} of ${devices} sequences, ${Math.round((told - started) / 1000)} s`)
  }
  const found = await runCampaign(await buildSubject(), { seed, steps, devices, each })
  const { broken, runs, actions, events, digest } = found
  const seconds = (performance.now() - started) / 1000
  if (json) console.log(JSON.stringify({ seed, steps, devices, seconds, ...found }))
  else {
    const mean = of => (of / Math.max(1, runs)).toFixed(1)
    console.log(
      `seed ${seed}: ${runs} sequences in ${seconds.toFixed(1)} s; each ${mean(actions)} actions and ${mean(events)} events; digest ${digest}`,
    )
    console.log(broken ? explain(broken, seed, steps) : 'every promise was kept')
  }
  return broken ? 1 : 0
}

/** What was not understood is another matter than a promise that was broken. */
const understood = () => {
  try {
    const { seed, steps = '40', devices = '1000', json = false, help } = optionsIn(process.argv.slice(2))
    if (help) return undefined
    const drawn = seed ?? String(Math.floor(Math.random() * 1e9))
    return { seed: whole('seed', drawn), steps: whole('steps', steps), devices: whole('devices', devices), json }
  } catch (error) {
    console.error(error.message)
    return null
  }
}

const asked = understood()
if (asked === undefined) console.log(HELP)
else if (asked === null) process.exitCode = 2
else await run(() => simulate(asked))
