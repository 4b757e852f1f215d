/** One file of what the extension's pages and its script in a site's page share: see `extension/both-ends.ts`. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Plugin, type UserConfig } from 'vite'
import { lessIdb } from './less.ts'
import { root, TARGET } from './root.ts'
import { ACTING } from './sdk.ts'

const FILE = 'both-ends.iife.js'
const NAMED = join(root, 'extension/both-ends.ts')
const GLOBAL = 'globalThis.nearsideBothEnds'
const THERE = '\0both-ends:there'

/** What a file does not use is left out of it: importing does nothing, but for those that act. */
export const treeshake = {
  moduleSideEffects: (id: string) => ACTING.test(id) || /\.css$|\.html$|(popup|dashboard)\.ts$|polyfill/.test(id),
  propertyReadSideEffects: false,
} as const

/** A classic script of one file. */
const script = (entry: string, plugins: Plugin[]): UserConfig => ({
  configFile: false,
  logLevel: 'error',
  root,
  plugins,
  build: {
    write: false,
    target: TARGET,
    lib: { entry, formats: ['iife'], name: 'nearsideMade', fileName: () => 'made.js' },
    rolldownOptions: { treeshake, output: { codeSplitting: false, comments: false } },
  },
})

const made = async (config: UserConfig): Promise<string> => {
  const found = await build(config)
  const [output] = Array.isArray(found) ? found : [found]
  const chunk = output && 'output' in output ? output.output[0] : undefined
  if (!chunk) throw new Error(`nothing was made of ${config.root}`)
  return chunk.code
}

/** By module, the place of each name that it gives. */
type Places = ReadonlyMap<string, readonly (readonly [name: string, place: number])[]>

const NAMES = /export \{([^}]*)\} from '([^']+)'/g

const placesIn = (source: string): Places => {
  let place = 0
  return new Map(
    [...source.matchAll(NAMES)].map(([, names = '', from = '']) => [
      join(root, 'extension', from),
      names
        .split(',')
        .map(name => name.trim())
        .filter(Boolean)
        .map(name => [name, place++] as const),
    ]),
  )
}

/** Puts in the place of each module what stands in the file. */
const taken = (places: Places): Plugin => ({
  name: 'nearside:taken-from-both-ends',
  enforce: 'pre',
  resolveId: id => (id === THERE ? THERE : undefined),
  load(id) {
    if (id === THERE) return { code: `export default ${GLOBAL}`, moduleSideEffects: false }
    const names = places.get(id)
    if (!names) return undefined
    const code = names.map(([name, place]) => `export const ${name} = there[${place}]`)
    return { code: [`import there from '${THERE}'`, ...code].join('\n'), moduleSideEffects: false, moduleType: 'js' }
  },
})

const written = (places: Places): Plugin => ({
  name: 'nearside:both-ends-themselves',
  load(id) {
    if (id !== NAMED) return undefined
    const all = [...places].flatMap(([module, names]) => names.map(each => [module, ...each] as const))
    const imports = all.map(([module, name, place]) => `import { ${name} as _${place} } from ${JSON.stringify(module)}`)
    return {
      code: `${imports.join('\n')}\n${GLOBAL} = [${all.map(([, , place]) => `_${place}`)}]`,
      moduleSideEffects: true,
      moduleType: 'js',
    }
  },
})

/** @param inPage the script in a site's page, which has the file put in before it */
export const bothEnds = (inPage: string): Plugin[] => {
  const places = placesIn(readFileSync(NAMED, 'utf8'))
  return [
    taken(places),
    {
      name: 'nearside:both-ends',
      transformIndexHtml: () => [{ tag: 'script', attrs: { src: `/${FILE}` }, injectTo: 'head-prepend' }],
      generateBundle: {
        order: 'post',
        async handler(_, bundle) {
          const ask = bundle[`${inPage}.js`]
          const background = bundle['service-worker-loader.js']
          if (ask?.type !== 'asset' || !background) throw new Error('the extension is not built as it was')
          this.emitFile({ type: 'asset', fileName: FILE, source: await made(script(NAMED, [written(places)])) })
          ask.source = await made(script(join(root, 'extension', `${inPage}.ts`), [taken(places), lessIdb()]))
          const before = `import './${FILE}'\n`
          if (background.type === 'chunk') background.code = before + background.code
          else background.source = before + String(background.source)
        },
      },
    },
  ]
}
