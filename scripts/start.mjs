// `npm start [-- --port N --json --visit --dev]`: set up, build, then the demo shop with its collector.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { buildAll } from './build.mjs'
import { root, run, setUp } from './set-up.mjs'

const args = process.argv.slice(2)

const shop = () =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'dist/node/shop.js'), ...args], { cwd: root, stdio: 'inherit' })
    // A terminal's Ctrl-C reaches the child as well; a supervisor's signal reaches only us.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)))
  })

// Set-up and build say what they do on standard error: with --json, standard output is one object.
await run(async () => {
  setUp({ browser: ['--visit', '--screens', '--record'].some(each => args.includes(each)) })
  const { built } = await buildAll()
  if (built.length > 0) console.error(`build: ${built.join(', ')}`)
  return shop()
})
