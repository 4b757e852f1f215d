// Makes a bare clone ready: needs nothing but Node and git, installs what is missing, and says what it does.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { findChromium, findFirefox, Mend } from './browsers.mjs'

export { Mend } from './browsers.mjs'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

const NODE_NEEDED = [20, 19]

const checkNode = () => {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > NODE_NEEDED[0] || (major === NODE_NEEDED[0] && minor >= NODE_NEEDED[1])) return
  throw new Mend(`Node ${process.versions.node} is too old: install Node ${NODE_NEEDED.join('.')} or newer.`)
}

const packagesOf = path => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : undefined)

// Compared by content and not by date: a checkout touches files, and an interrupted install leaves no hidden lockfile.
const upToDate = () => {
  const wanted = packagesOf(join(root, 'package-lock.json'))
  const present = packagesOf(join(root, 'node_modules/.package-lock.json'))
  if (!present) return false
  if (!wanted) return true
  return Object.entries(wanted).every(([path, { version, integrity, link, optional, peer }]) => {
    if (path === '' || link || !path.startsWith('node_modules/')) return true
    const here = present[path]
    return here ? here.version === version && here.integrity === integrity : Boolean(optional || peer)
  })
}

// npm is a .cmd on Windows, which only a shell can start.
const npm = (...words) =>
  spawnSync('npm', [...words, '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  }).status === 0

// `npm ci` refuses a lockfile that was written where a registry lacks other platforms' optional packages; `npm install`
// passes over them, and with --no-save leaves the lockfile as it is.
const installPackages = log => {
  if (upToDate()) return
  const locked = existsSync(join(root, 'package-lock.json'))
  log(`set-up: npm ${locked ? 'ci' : 'install'} (packages are missing or differ from package-lock.json)`)
  if (locked && npm('ci')) return
  if (locked) log('set-up: npm install --no-save (npm ci did not accept package-lock.json)')
  if (npm('install', ...(locked ? ['--no-save'] : []))) return
  throw new Mend(
    'npm could not install the packages: see its lines above; check the network and the registry, then retry.',
  )
}

const apt = () => {
  if (spawnSync('apt-get', ['--version']).status !== 0) return undefined
  if (process.getuid?.() === 0) return []
  return spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : undefined
}

const aptInstall = (names, log) => {
  const prefix = apt()
  if (!prefix) return false
  const run = (...words) => {
    const [command, ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...words]
    return spawnSync(command, rest, { stdio: ['ignore', 2, 2] }).status === 0
  }
  log(`set-up: apt-get install ${names[0]}`)
  run('update', '-qq')
  return names.some(name => run('install', '-y', '-qq', '--no-install-recommends', name))
}

const chromiumPath = log => {
  const path = findChromium() ?? (aptInstall(['chromium', 'chromium-browser'], log) ? findChromium() : undefined)
  if (path) return path
  throw new Mend(
    'No Chromium was found and none could be installed: install Chromium, or set NEARSIDE_CHROMIUM to its path.',
  )
}

const firefoxPath = log => {
  const path = findFirefox() ?? (aptInstall(['firefox-esr', 'firefox'], log) ? findFirefox() : undefined)
  if (!path)
    log('set-up: no Firefox was found and none could be installed: what needs it is skipped (or set NEARSIDE_FIREFOX).')
  return path
}

/**
 * Packages always; browsers when asked for. Returns their paths, and puts them in the environment for children.
 * Throws a `Mend` that names what to do.
 */
export const setUp = ({ browser = true, firefox = false, log = console.error } = {}) => {
  checkNode()
  installPackages(log)
  const found = {}
  if (browser) {
    found.chromium = chromiumPath(log)
    process.env.NEARSIDE_CHROMIUM = found.chromium
    log(`set-up: Chromium is ${found.chromium}`)
  }
  if (firefox) {
    found.firefox = firefoxPath(log)
    if (found.firefox) process.env.NEARSIDE_FIREFOX = found.firefox
    if (found.firefox) log(`set-up: Firefox is ${found.firefox}`)
  }
  return found
}

/** Runs a script's body: a `Mend` becomes its one line, and either way a fault is a non-zero exit. */
export const run = async body => {
  try {
    process.exitCode = (await body()) ?? 0
  } catch (error) {
    console.error(error instanceof Mend ? `nearside: ${error.message}` : error)
    process.exitCode = 1
  }
}

/** True when the module is the one node was started with. */
export const isMain = url => process.argv[1] !== undefined && pathToFileURL(process.argv[1]).href === url

if (isMain(import.meta.url)) await run(() => void setUp({ browser: true, firefox: process.argv.includes('--firefox') }))
