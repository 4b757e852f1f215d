// The real code of the page and of the worker, built as the browser gets it but for the names of the world's things, which are
// parameters here: each simulated page and worker is an instance of its own. A fault can be planted in the text on the way.
import { join } from 'node:path'
import { build, type Plugin } from 'vite'
import type * as PageSide from './page-side.ts'
import type * as WorkerSide from './worker-side.ts'

/** One expression of a real file, replaced by another. */
export interface Planted {
  /** Relative to the root. */
  readonly file: string
  readonly find: string
  readonly put: string
}

const root = join(import.meta.dirname, '../..')

/** What a page takes from its window. */
const PAGE_WORLD = [
  'window',
  'top',
  'document',
  'location',
  'localStorage',
  'indexedDB',
  'navigator',
  'performance',
  'crypto',
  'console',
  'Date',
  'Worker',
  'BroadcastChannel',
  'MessageChannel',
  'MutationObserver',
  'fetch',
  'setTimeout',
  'clearTimeout',
  'addEventListener',
  'removeEventListener',
  'importFile',
] as const
export type PageWorld = { readonly [name in (typeof PAGE_WORLD)[number]]: unknown }

/** A worker takes nothing: the device has the world as parameters. */
export type WorkerWorld = { readonly [name: string]: never }

/** What would let the real world in, or, as comlink's finalizers do, the garbage collector decide. */
const SHUT_OUT = [
  'globalThis',
  'global',
  'self',
  'process',
  'MessageChannel',
  'setInterval',
  'setImmediate',
  'XMLHttpRequest',
  'requestIdleCallback',
  'requestAnimationFrame',
]

export interface Subject {
  readonly page: (world: PageWorld) => typeof PageSide
  readonly worker: (world: WorkerWorld) => typeof WorkerSide
}

/** @throws where the text is not there exactly once */
const planting = ({ file, find, put }: Planted, done: Set<string>): Plugin => ({
  name: 'nearside:plant',
  enforce: 'pre',
  transform(code, id) {
    if (id !== join(root, file)) return undefined
    if (code.split(find).length !== 2) throw new Error(`${file} has changed: \`${find}\` is not there once`)
    done.add(file)
    return code.replace(find, () => put)
  },
})

const bundle = async (entry: string, plugins: Plugin[]): Promise<string> => {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins,
    define: {
      'process.env.NODE_ENV': '"production"',
      'import.meta.url': '"https://shop.example/nearside/nearside-session.js"',
    },
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: { entry: join(import.meta.dirname, entry), formats: ['cjs'], fileName: 'side' },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  })
  const [{ output }] = built as unknown as [{ output: { code: string }[] }]
  return (output[0] as { code: string }).code.replaceAll(/\bimport\(/g, 'importFile(')
}

const instances = <W extends object, M>(code: string, names: readonly (keyof W & string)[]): ((world: W) => M) => {
  const out = SHUT_OUT.filter(name => !names.some(each => each === name))
  const make = new Function('exports', ...names, ...out, code)
  // An object where `globalThis` is looked into for what is not there.
  const shut = out.map(name => (name === 'globalThis' ? {} : undefined))
  return world => {
    const exports = {} as M
    make(exports, ...names.map(name => world[name]), ...shut)
    return exports
  }
}

/** Builds it anew, with what is planted. */
export const buildSubject = async (planted: readonly Planted[] = []): Promise<Subject> => {
  const done = new Set<string>()
  const plants = planted.map(it => planting(it, done))
  const page = await bundle('page-side.ts', plants)
  const worker = await bundle('worker-side.ts', plants)
  for (const { file } of planted) if (!done.has(file)) throw new Error(`${file} is not part of what is simulated`)
  return {
    page: instances<PageWorld, typeof PageSide>(page, PAGE_WORLD),
    worker: instances<WorkerWorld, typeof WorkerSide>(worker, []),
  }
}
