/** Entry of `npm start`: the shop with its collector, or a visit to it. */

import { parseArgs } from 'node:util'
import { startBrokenShop } from '../broken/serve.ts'
import { findRoot } from './files.ts'
import { type RunningShop, startShop } from './serve.ts'

const HELP = `Fernhollow, a demonstration shop that runs Nearside, with the collector that counts for it

Usage: npm start [-- options]

  --port <number>   default 4173; 0 takes any that is free
  --db <file>       keeps the counts there; without it they are gone when the shop stops
  --json            one line {"shop", "collector", "dashboard", "studio"} on standard output once they answer
  --dev             rebuilds the SDK when its source changes (npm run dev)
  --visit           a real browser with the extension visits the shop, and all that leaves it is printed; then it ends
  --visit --json    the same as one object
  --broken          a small shop with three faults instead, to be found with the DevTools panel: see docs/devtools.md
  --screens         takes the pictures in docs/screens and docs/store anew; then it ends
  --only <which>    of them only those of the sdk, the extension, or devtools
  --record          records examples/panel/session.json anew, by the DevTools panel over a visit; then it ends
  --help

Example: npm start -- --port 8080`

const OPTIONS = {
  port: { type: 'string', default: '4173' },
  db: { type: 'string' },
  json: { type: 'boolean', default: false },
  dev: { type: 'boolean', default: false },
  visit: { type: 'boolean', default: false },
  broken: { type: 'boolean', default: false },
  screens: { type: 'boolean', default: false },
  only: { type: 'string' },
  record: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

const HIGHEST_PORT = 65_535

const portOf = (text: string): number => {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : HIGHEST_PORT + 1
  if (port > HIGHEST_PORT) throw new Error(`--port ${text} is no port. Give a number up to ${HIGHEST_PORT}.`)
  return port
}

const explained = (error: NodeJS.ErrnoException, port: number): Error => {
  if (error.code === 'EACCES')
    return new Error(`Port ${port} is not for everyone. Choose one above 1023: npm start -- --port 4173`)
  if (error.code !== 'EADDRINUSE') return error
  return new Error(
    `Port ${port} is taken. Choose another: npm start -- --port ${port + 10}, or 0 for any that is free.`,
  )
}

const readable = ({ shop, collector, dashboard, studio }: RunningShop): string => `
  Shop        ${shop}
  Collector   ${collector}
  Dashboard   ${dashboard}
  Studio      ${studio}
  DevTools    ${shop}/panel/

  Open the shop, answer its question, look around, and watch the dashboard count groups and nothing else. Ctrl-C ends it.
`

const runBroken = async (port: number): Promise<void> => {
  const running = await startBrokenShop(port).catch(error => Promise.reject(explained(error, port)))
  console.log(
    `\n  Broken shop  ${running.shop}\n\n  Three things are wrong with it: docs/devtools.md finds them. Ctrl-C ends it.\n`,
  )
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void running.stop())
}

const run = async (): Promise<void> => {
  const { values: given } = parseArgs({ options: OPTIONS })
  if (given.help) return console.log(HELP)
  if (given.record) return (await import('../panel/record.ts')).recordSession()
  if (given.screens) return (await import('./screens.ts')).takeScreens(given.only)
  if (given.visit) {
    const kept = await (await import('./visit.ts')).visitShop(given.json)
    process.exitCode = kept ? 0 : 1
    return
  }
  const port = portOf(given.port)
  if (given.broken) return runBroken(port)
  const running = await startShop({
    port,
    // The same every day, so that what waits in a browser for this collector finds it again.
    collectorPort: port && port < HIGHEST_PORT ? port + 1 : 0,
    fresh: given.dev,
    ...(given.db ? { db: given.db } : {}),
  }).catch(error => Promise.reject(explained(error, port)))
  const { shop, collector, dashboard, studio } = running
  console.log(given.json ? JSON.stringify({ shop, collector, dashboard, studio }) : readable(running))
  const stopRebuilding = given.dev
    ? (await import('./dev.ts')).startRebuilding(findRoot(import.meta.dirname))
    : undefined
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => {
      stopRebuilding?.()
      void running.stop()
    })
}

run().catch((error: Error) => {
  console.error(`nearside: ${error.message}`)
  process.exitCode = 1
})
