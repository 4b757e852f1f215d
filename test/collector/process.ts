// The real collector, as it is built, in a process of its own.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { Agent, type OutgoingHttpHeaders, request } from 'node:http'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { PLAIN } from './world.ts'

const built = join(import.meta.dirname, '../../dist/node/collector.js')

export interface Running {
  url: string
  /** All that it has printed, on both streams. */
  printed(): string
  /** Ends it by a signal; its exit code, null where the signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

const runs = (command: string, args: string[]) => {
  if (!existsSync(built))
    throw new Error('dist/node/collector.js is not built: run `npm test`, or `npm run build -- node` first.')
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'exit') as Promise<[number | null]>
  const printed: string[] = []
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => void printed.push(text))
  onTestFinished(() => void child.kill('SIGKILL'))
  return { child, ended, printed: () => printed.join('') }
}

/** Runs it to its end. */
export const run = async (...args: string[]): Promise<{ code: number | null; printed: string }> => {
  const { ended, printed } = runs(process.execPath, [built, ...args])
  const [code] = await ended
  return { code, printed: printed() }
}

/** @param blocks file size, in blocks of 512 bytes, beyond which the operating system refuses to write */
export const start = async (db: string, args: string[] = [], blocks?: number): Promise<Running> => {
  const own = [built, '--db', db, '--port', '0', '--json', '--minimum-size', '1', '--show-open', ...args]
  const limited = ['-c', 'ulimit -f "$0" && exec "$@"', String(blocks), process.execPath, ...own]
  const { child, ended, printed } = blocks ? runs('sh', limited) : runs(process.execPath, own)
  while (!printed().includes('\n')) {
    await Promise.race([once(child.stdout, 'data'), ended])
    if (child.exitCode !== null) throw new Error(`The collector did not start: ${printed()}`)
  }
  const { url } = JSON.parse(printed().split('\n')[0] as string) as { url: string }
  return {
    url,
    printed,
    end: async signal => {
      child.kill(signal)
      return (await ended)[0]
    },
  }
}

export interface Answer {
  status: number
  headers: Record<string, unknown>
  body: string
}

const agent = new Agent({ keepAlive: true, maxSockets: 32 })

/** One request with exactly these headers; fails where the connection does. */
export const send = (
  url: string,
  body: string,
  headers: OutgoingHttpHeaders = PLAIN,
  localAddress?: string,
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request(
      url,
      {
        method: 'POST',
        agent,
        headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
        ...(localAddress ? { localAddress } : {}),
      },
      answer => {
        const read: string[] = []
        answer.setEncoding('utf8').on('data', (text: string) => void read.push(text))
        answer
          .on('error', reject)
          .on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: read.join('') }))
      },
    )
    sent.on('error', reject).end(body)
  })

/** All that is counted for the site, over all groups. */
export const total = async (url: string, site = 'shop'): Promise<number> => {
  const { groups } = (await (await fetch(`${url}/v1/sites/${site}/counts`)).json()) as { groups: { total: number }[] }
  return groups.reduce((sum, group) => sum + group.total, 0)
}
