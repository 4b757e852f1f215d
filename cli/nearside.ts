#!/usr/bin/env node
/** The `nearside` command. */

import { createInterface } from 'node:readline/promises'
import { misuse } from './io.ts'
import { run } from './run.ts'

const line =
  (stream: NodeJS.WriteStream) =>
  (text: string): void =>
    void stream.write(`${text}\n`)

const ask = async (question: string): Promise<string> => {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  const closed = new Promise<never>((_, reject) => {
    lines.once('close', () => reject(misuse('nobody answers any more', 'Begin again, or add --yes')))
  })
  try {
    return await Promise.race([lines.question(question), closed])
  } finally {
    lines.close()
  }
}

process.exitCode = await run(process.argv.slice(2), {
  out: line(process.stdout),
  err: line(process.stderr),
  now: () => performance.now(),
  ...(process.stdin.isTTY ? { ask } : {}),
})
