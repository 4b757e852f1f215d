// The built demo as a process of its own, started as a person would.
import { spawn } from 'node:child_process'
import { join } from 'node:path'

const main = join(import.meta.dirname, '../../dist/node/shop.js')

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

const started = (...args: string[]) => {
  const child = spawn(process.execPath, [main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let [out, err] = ['', '']
  const ended = new Promise<Ended>(resolve => child.on('close', code => resolve({ code, out, err })))
  const line = new Promise<string>(resolve =>
    child.stdout.on('data', part => {
      out += part
      if (out.includes('\n')) resolve(out)
    }),
  )
  child.stderr.on('data', part => {
    err += part
  })
  return { child, ended, line }
}

/** Runs it to its end. */
export const run = (...args: string[]): Promise<Ended> => started(...args).ended

/** Starts the shop on free ports. */
export const startDemo = async (...args: string[]) => {
  const { child, ended, line } = started('--json', '--port', '0', ...args)
  const first = await Promise.race([line, ended.then(({ err }) => Promise.reject(new Error(err)))])
  return {
    printed: JSON.parse(first) as { shop: string; collector: string; dashboard: string; studio: string },
    stop: (signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> => {
      child.kill(signal)
      return ended
    },
  }
}

export type Demo = Awaited<ReturnType<typeof startDemo>>
