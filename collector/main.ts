#!/usr/bin/env node
/** Entry of `nearside-collector`. */

import { command } from './command.ts'

command(process.argv.slice(2)).catch((error: Error) => {
  console.error(`nearside-collector: ${error.message}`)
  process.exitCode = 1
})
