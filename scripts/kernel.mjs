// `node scripts/kernel.mjs [--check]`: compiles trainer/kernels/*.as to kernel.json; --check only says whether that is what is there.
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import asc from 'assemblyscript/asc'
import { Mend, root, run } from './set-up.mjs'

const folder = join(root, 'trainer/kernels')
const options = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--initialMemory', '1']

/** The kernel compiled from its sources, as the text of kernel.json. */
const compile = async () => {
  let bytes
  const stderr = asc.createMemoryStream()
  const { error } = await asc.main(['kernel.ts', '-o', 'kernel.wasm', ...options], {
    stderr,
    // Under an ending of their own, as no tool for TypeScript can read them; the compiler knows only one.
    readFile: name => {
      try {
        return readFileSync(join(folder, basename(name).replace(/\.ts$/, '.as')), 'utf8')
      } catch {
        return null
      }
    },
    writeFile: (_, contents) => {
      bytes = contents
    },
    listFiles: () => [],
  })
  if (error || !bytes) throw new Mend(`The kernel cannot be compiled: ${stderr.toString()}`)
  return `${JSON.stringify({ wasm: Buffer.from(bytes).toString('base64url') }, null, 2)}\n`
}

await run(async () => {
  const text = await compile()
  const file = join(folder, 'kernel.json')
  if (!process.argv.includes('--check')) writeFileSync(file, text)
  else if (readFileSync(file, 'utf8') !== text)
    throw new Mend('trainer/kernels/kernel.json is not what its sources compile to: node scripts/kernel.mjs writes it.')
})
