// `npm run bench`: set up, install what Nearside is measured beside, build, measure. The options are in bench/options.ts.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildAll } from './build.mjs'
import { Mend, root, run, setUp } from './set-up.mjs'

const args = process.argv.slice(2)
/** `npm run bench -- store`, `-- consent`, `-- trainer` and `-- popup` measure one part alone. */
const part = ['store', 'consent', 'trainer', 'popup'].find(name => name === args[0])
const peers = join(root, 'bench/peers')
const onWindows = process.platform === 'win32'

const does = (cwd, command, ...words) =>
  spawnSync(command, words, { cwd, stdio: ['ignore', 2, 2], shell: onWindows }).status === 0

/** Their own lockfile, and no script of theirs: nothing but their files is wanted. */
const installPeers = () => {
  const wanted = JSON.parse(readFileSync(join(peers, 'package-lock.json'), 'utf8')).packages
  const hidden = join(peers, 'node_modules/.package-lock.json')
  const present = existsSync(hidden) ? JSON.parse(readFileSync(hidden, 'utf8')).packages : {}
  if (Object.entries(wanted).every(([path, { version }]) => path === '' || present[path]?.version === version)) return
  console.error('bench: npm ci in bench/peers')
  if (does(peers, 'npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund')) return
  throw new Mend('npm could not install bench/peers: see its lines above; check the network and the registry.')
}

// A whole application with dozens of dependencies is published under this name: of its archive one file is wanted.
const unpackVendored = () => {
  const { vendored } = JSON.parse(readFileSync(join(peers, 'package.json'), 'utf8'))
  const folder = join(peers, 'node_modules/.umami')
  const archive = `umami-${vendored.umami}.tgz`
  const tracker = 'package/src/tracker/index.js'
  if (existsSync(join(folder, archive)) && existsSync(join(folder, tracker))) return
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  console.error(`bench: npm pack umami@${vendored.umami}`)
  if (
    does(folder, 'npm', 'pack', '--silent', `umami@${vendored.umami}`) &&
    does(folder, 'tar', '-xzf', archive, tracker)
  )
    return
  throw new Mend('umami could not be fetched from npm: see the lines above, or leave it out with --only.')
}

const buildBench = async () => {
  const { build } = await import('vite')
  await build({ configFile: join(root, 'vite.config.ts'), mode: 'bench', logLevel: 'warn' })
}

await run(async () => {
  const asked = args.includes('--help')
  setUp({ browser: !asked && part !== 'trainer' })
  if (!asked) {
    if (!part || part === 'consent') installPeers()
    if (!part) unpackVendored()
    if (part !== 'trainer') await buildAll(part === 'popup' ? ['sdk', 'extension-chrome'] : ['sdk'])
  }
  await buildBench()
  const file = join(root, 'dist/bench', `${part ?? 'bench'}.js`)
  return spawnSync(process.execPath, [file, ...args], { cwd: root, stdio: 'inherit' }).status
})
