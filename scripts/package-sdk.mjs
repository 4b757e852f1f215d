// Puts what `@nearside/sdk` publishes into sdk/dist: the built files, and the types as TypeScript emitted them.
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const into = join(root, 'sdk/dist')

// The emitted tree names its neighbours as the sources do, with `.ts`; a consumer's resolver looks for `.js`.
const copyTypes = room => {
  const from = join(root, '.cache/types', room)
  for (const path of readdirSync(from, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.d.ts')) continue
    const target = join(into, 'types', room, path)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(
      target,
      readFileSync(join(from, path), 'utf8').replace(/(from '|import\(["'])(\.[^'"]+)\.ts(?=["'])/g, '$1$2.js'),
    )
  }
}

/** Call it once the SDK's files are built. */
export const packageSdk = () => {
  const built = join(root, 'dist/sdk')
  if (!existsSync(join(built, 'nearside.mjs'))) return
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-b', 'sdk'], {
    cwd: root,
    stdio: 'inherit',
  })
  rmSync(into, { recursive: true, force: true })
  cpSync(built, into, { recursive: true })
  for (const room of ['core', 'sdk']) copyTypes(room)
}
