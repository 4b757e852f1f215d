// `npm test [-- <vitest filters>]` and `npm run soak`: set up, build, check, then every promise; the last line counts them.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildAll } from './build.mjs'
import { writeEvidence } from './evidence.mjs'
import { root, run, setUp } from './set-up.mjs'

const soak = process.argv.includes('--soak')
const filters = process.argv.slice(2).filter(word => word !== '--soak')
const seed = process.env.NEARSIDE_SEED ?? String(Math.floor(Math.random() * 2 ** 31))
const size = soak ? 'soak' : (process.env.NEARSIDE_SIZE ?? 'modest')
const report = join(root, '.cache/test-report.json')
const figures = join(root, '.cache/figures.jsonl')

const node = (script, ...args) =>
  spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, NEARSIDE_SEED: seed, NEARSIDE_SIZE: size },
  }).status === 0

const promise = (name, kept) => {
  console.log(`${kept ? 'kept' : 'BROKEN'}: ${name}`)
  return kept
}

/** The promises that no test file can make: they hold for all files at once. Left out when only some files are asked for. */
const checks = () => {
  if (filters.length > 0) return []
  return [
    promise('every room is typed, and imports no room above it (tsc -b)', node('typescript/bin/tsc', '-b')),
    promise('one style, no lint (biome check)', node('@biomejs/biome/bin/biome', 'check', '.')),
  ]
}

const vitest = () => {
  rmSync(report, { force: true })
  const good = node(
    'vitest/vitest.mjs',
    'run',
    '--reporter=verbose',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...filters,
  )
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 }
  const { testResults, numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
    readFileSync(report, 'utf8'),
  )
  // A file that cannot even be loaded holds no test that could fail, and a stray rejection belongs to none.
  const unloaded = testResults.filter(
    file => file.status === 'failed' && file.assertionResults.every(test => test.status !== 'failed'),
  )
  const failed = numFailedTests + unloaded.length
  const none = numPassedTests + failed === 0
  return {
    passed: numPassedTests,
    failed: Math.max(failed, good && !none ? 0 : 1),
    skipped: numPendingTests + numTodoTests,
  }
}

await run(async () => {
  setUp({ browser: true, firefox: true, log: console.log })
  const { built } = await buildAll([], { log: console.log })
  console.log(`build: ${built.join(', ') || 'up to date'}`)
  console.log(`size ${size}, seed ${seed} (again: NEARSIDE_SEED=${seed} npm ${soak ? 'run soak' : 'test'})`)
  mkdirSync(join(root, '.cache'), { recursive: true })
  rmSync(figures, { force: true })
  const checked = checks()
  const { passed, failed, skipped } = vitest()
  const broken = failed + checked.filter(kept => !kept).length
  if (soak) writeEvidence({ figures, whole: filters.length === 0 && broken === 0, seed })
  console.log(`${passed + checked.filter(Boolean).length} passed, ${broken} failed, ${skipped} skipped`)
  return broken === 0 ? 0 : 1
})
