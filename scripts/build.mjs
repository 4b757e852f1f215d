// `npm run build [-- <mode or prefix>… --force]`: every mode of vite.config.ts that is not up to date, and a table of sizes.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { packageSdk } from './package-sdk.mjs'
import { isMain, Mend, root, run, setUp } from './set-up.mjs'

const page = ['core', 'view', 'sdk']
const extension = ['core', 'view', 'store', 'worker', 'extension']
const everything = [...new Set([...page, ...extension, 'worker', 'trainer', 'collector', 'cli', 'examples'])]

/** Each mode: the entries it needs, the rooms whose change makes it stale, and what it writes. */
const required = {
  'sdk-nearside': { entries: ['sdk/nearside.entry.ts'], rooms: page, output: 'dist/sdk/nearside.js' },
  'sdk-paint': { entries: ['sdk/paint.entry.ts'], rooms: page, output: 'dist/sdk/nearside-paint.js' },
  'sdk-module': { entries: ['sdk/index.ts'], rooms: page, output: 'dist/sdk/nearside.mjs' },
  'sdk-react': { entries: ['sdk/react.ts'], rooms: page, output: 'dist/sdk/nearside-react.mjs' },
  'sdk-element': { entries: ['sdk/element.entry.ts'], rooms: page, output: 'dist/sdk/nearside-element.js' },
  'sdk-banner': { entries: ['sdk/banner.entry.ts'], rooms: page, output: 'dist/sdk/nearside-banner.js' },
  'sdk-reopen': { entries: ['sdk/reopen.entry.ts'], rooms: page, output: 'dist/sdk/nearside-reopen.js' },
  'sdk-config': { entries: ['sdk/config.entry.ts'], rooms: page, output: 'dist/sdk/nearside-config.js' },
  'sdk-settings': { entries: ['sdk/settings.entry.ts'], rooms: page, output: 'dist/sdk/nearside-settings.js' },
  'sdk-wait': { entries: ['sdk/wait.entry.ts'], rooms: page, output: 'dist/sdk/nearside-wait.js' },
  'sdk-follow': { entries: ['sdk/follow.entry.ts'], rooms: page, output: 'dist/sdk/nearside-follow.js' },
  'sdk-session': { entries: ['sdk/session.entry.ts'], rooms: page, output: 'dist/sdk/nearside-session.js' },
  'sdk-heed': { entries: ['sdk/consent/heed.entry.ts'], rooms: page, output: 'dist/sdk/nearside-heed.js' },
  'sdk-tell': { entries: ['sdk/consent/tell.entry.ts'], rooms: page, output: 'dist/sdk/nearside-tell.js' },
  'sdk-rights': { entries: ['sdk/rights.entry.ts'], rooms: page, output: 'dist/sdk/nearside-rights.js' },
  'sdk-centre': { entries: ['sdk/centre.entry.ts'], rooms: page, output: 'dist/sdk/nearside-centre.js' },
  'sdk-refusal': { entries: ['sdk/refusal.entry.ts'], rooms: page, output: 'dist/sdk/nearside-refusal.js' },
  'sdk-worker': {
    entries: ['worker/main.ts'],
    rooms: ['core', 'store', 'worker'],
    output: 'dist/sdk/nearside-worker.js',
  },
  'sdk-records': {
    entries: ['worker/records.entry.ts'],
    rooms: ['core', 'store', 'worker'],
    output: 'dist/sdk/nearside-records.js',
  },
  'sdk-provenance': {
    entries: ['worker/provenance.entry.ts'],
    rooms: ['core', 'worker'],
    output: 'dist/sdk/nearside-provenance.js',
  },
  ...Object.fromEntries(
    ['scroll', 'clicks', 'rage', 'data-layer', 'segment', 'middleware', 'schema-org', 'words'].map(name => [
      `sdk-source-${name}`,
      { entries: [`sdk/sources/${name}.entry.ts`], rooms: page, output: `dist/sdk/nearside-source-${name}.js` },
    ]),
  ),
  ...Object.fromEntries(
    ['tcf', 'gpp', 'onetrust', 'cookiebot', 'consent-mode'].map(name => [
      `sdk-cmp-${name}`,
      { entries: [`sdk/consent/${name}.entry.ts`], rooms: page, output: `dist/sdk/nearside-cmp-${name}.js` },
    ]),
  ),
  'extension-chrome': { entries: ['extension/manifest.ts'], rooms: extension, output: 'dist/extension/chrome' },
  'extension-firefox': { entries: ['extension/manifest.ts'], rooms: extension, output: 'dist/extension/firefox' },
  ...Object.fromEntries(
    ['chrome', 'firefox'].map(browser => [
      `devtools-${browser}`,
      { entries: ['extension/devtools/manifest.ts'], rooms: extension, output: `dist/extension/${browser}-devtools` },
    ]),
  ),
  panel: {
    entries: ['examples/panel/main.ts'],
    rooms: [...extension, 'examples'],
    output: 'dist/panel/index.html',
  },
  studio: {
    entries: ['examples/studio/main.ts'],
    rooms: ['core', 'view', 'trainer', 'cli', 'examples'],
    output: 'dist/studio/index.html',
  },
  node: {
    entries: ['cli/nearside.ts', 'collector/main.ts', 'examples/shop/main.ts'],
    rooms: everything.filter(room => room !== 'extension'),
    output: 'dist/node',
  },
}

// NEARSIDE_PARTIAL=1 builds what is there; without it a missing entry is an error.
const partial = process.env.NEARSIDE_PARTIAL === '1'

const filesUnder = path => {
  const from = join(root, path)
  if (!existsSync(from)) return []
  if (statSync(from).isFile()) return [from]
  const inside = readdirSync(from, { withFileTypes: true, recursive: true }).filter(entry => entry.isFile())
  return inside.map(entry => join(entry.parentPath ?? entry.path, entry.name)).sort()
}

const always = ['package-lock.json', 'tsconfig.json', 'vite.config.ts', 'scripts/build.mjs', 'scripts/vite']

// Name, size and time of every input: cheap, and it also notices what was deleted or checked out with an older date.
const stampOf = rooms => {
  const hash = createHash('sha256')
  for (const file of [...rooms, ...always].flatMap(filesUnder)) {
    const { mtimeMs, size } = statSync(file)
    hash.update(`${relative(root, file)} ${size} ${mtimeMs}\n`)
  }
  return hash.digest('hex')
}

const stampFile = mode => join(root, '.cache/build', mode)
const isFresh = (mode, stamp) =>
  existsSync(join(root, required[mode].output)) &&
  existsSync(stampFile(mode)) &&
  readFileSync(stampFile(mode), 'utf8') === stamp

const alive = pid => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

// Two builds at once (a start beside a test) would empty each other's folders: the second waits, and finds all fresh.
const locked = async (log, body) => {
  const lock = join(root, '.cache/build/lock')
  mkdirSync(join(root, '.cache/build'), { recursive: true })
  const take = () => {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      return true
    } catch {
      const holder = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0
      if (holder && !alive(holder)) rmSync(lock, { force: true })
      return false
    }
  }
  for (let waited = 0; !take(); waited++) {
    if (waited === 1) log('build: waiting for another build to end')
    await new Promise(resolve => setTimeout(resolve, 200))
  }
  try {
    return await body()
  } finally {
    rmSync(lock, { force: true })
  }
}

const choose = words => {
  const names = Object.keys(required)
  const chosen =
    words.length === 0 ? names : names.filter(name => words.some(word => name === word || name.startsWith(`${word}-`)))
  if (chosen.length === 0)
    throw new Mend(`Nothing to build is called ${words.join(', ')}: choose from ${names.join(', ')}.`)
  return chosen.filter(mode => {
    const { entries } = required[mode]
    const missing = entries.filter(entry => !existsSync(join(root, entry)))
    if (missing.length === 0) return true
    if (!partial) throw new Mend(`${mode} cannot be built: ${missing.join(', ')} is missing.`)
    console.error(`build: ${mode} has no ${missing.join(', ')} yet`)
    return missing.length < entries.length
  })
}

// Standard output belongs to the caller (`npm start -- --json`). Vite warns on the other stream; what is held back is
// crxjs' progress, and the one warning its own nested build causes.
const quietly = async body => {
  const { log } = console
  const { write } = process.stderr
  console.log = () => {}
  process.stderr.write = (text, ...rest) =>
    String(text).includes('inlineDynamicImports') || write.call(process.stderr, text, ...rest)
  try {
    return await body()
  } finally {
    console.log = log
    process.stderr.write = write
  }
}

/** Builds what is stale among the modes named (all when none is); returns those asked for and those built. */
export const buildAll = async (words = [], { force = false, log = console.error } = {}) => {
  const modes = choose(words)
  return locked(log, async () => {
    const stale = modes
      .map(mode => ({ mode, stamp: stampOf(required[mode].rooms) }))
      .filter(({ mode, stamp }) => force || !isFresh(mode, stamp))
    if (stale.length === 0) return { modes, built: [] }
    const { build } = await import('vite')
    for (const { mode, stamp } of stale) {
      await quietly(() => build({ configFile: join(root, 'vite.config.ts'), mode, logLevel: 'warn' }))
      writeFileSync(stampFile(mode), stamp)
    }
    if (stale.some(({ mode }) => mode.startsWith('sdk-'))) packageSdk()
    return { modes, built: stale.map(({ mode }) => mode) }
  })
}

const brotli = bytes => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length

const table = modes => {
  const files = modes.flatMap(mode => filesUnder(required[mode].output)).filter(file => !/\.(png|map)$/.test(file))
  const rows = files
    .map(file => [relative(root, file), readFileSync(file)])
    .map(([name, bytes]) => [name, bytes.length, brotli(bytes)])
  const width = Math.max(4, ...rows.map(([name]) => name.length))
  const line = ([name, bytes, packed]) =>
    `${String(name).padEnd(width)}  ${String(bytes).padStart(8)}  ${String(packed).padStart(8)}`
  return [['file', 'bytes', 'brotli'], ...rows].map(line).join('\n')
}

if (isMain(import.meta.url))
  await run(async () => {
    const words = process.argv.slice(2).filter(word => !word.startsWith('--'))
    setUp({ browser: false })
    const { modes, built } = await buildAll(words, { force: process.argv.includes('--force') })
    console.log(table(modes))
    console.log(built.length === 0 ? 'build: all up to date (--force builds again)' : `build: ${built.join(', ')}`)
  })
