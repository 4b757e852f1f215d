// Makes one script of a test's own entry, to be run in a page.
import { join } from 'node:path'
import { build } from 'vite'

const root = join(import.meta.dirname, '../..')
const made = new Map<string, Promise<string>>()

const bundle = async (entry: string): Promise<string> => {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: { entry: join(import.meta.dirname, entry), formats: ['iife'], name: 'made' },
    },
  })
  const [output] = [built].flat()
  if (!output || !('output' in output)) throw new Error(`${entry} was not built`)
  return output.output[0].code
}

/** @param entry a file of this folder */
export const bundled = (entry: string): Promise<string> => {
  const known = made.get(entry) ?? bundle(entry)
  made.set(entry, known)
  return known
}
