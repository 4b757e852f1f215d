#!/usr/bin/env node
/** The `nearside` command. */

import { run } from './run.ts'

const line =
  (stream: NodeJS.WriteStream) =>
  (text: string): void =>
    void stream.write(`${text}\n`)

process.exitCode = await run(process.argv.slice(2), {
  out: line(process.stdout),
  err: line(process.stderr),
  now: () => performance.now(),
})
