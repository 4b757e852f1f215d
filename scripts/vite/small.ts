/** What takes bytes off the SDK's files after they were bundled. */

import { brotliCompressSync } from 'node:zlib'
import { minify as terser } from 'terser'
import { minify, type Plugin } from 'vite'
import { without } from './less.ts'
import { TARGET } from './root.ts'

const brotliSize = (code: string): number => brotliCompressSync(code).length

/** Characters: what is longer takes seconds to make smaller, and has room. */
const SMALL = 60_000

/** Has V8 compile all of a file while it is loaded, beside the main thread, and not each function there when it is first called. */
const AT_ONCE = '//# allFunctionsCalledOnLoad\n'

// Vite keeps the white space of ES libraries, for the sake of their bundlers; ours go straight to a browser.
// At the end of everything, because rolldown prints each chunk once more after `renderChunk`.
/**
 * @param atOnce nearly all of it runs as soon as it is there
 * @param bare writes `true` and `false` as 1 and 0: for a file that keeps, sends and answers neither
 */
export const small = (module: boolean, atOnce = false, bare = false): Plugin => ({
  name: 'nearside:small',
  async generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue
      const { code, errors } = await minify(chunk.fileName, chunk.code, {
        module,
        compress: { target: TARGET, maxIterations: 10 },
        mangle: { toplevel: true },
        codegen: { removeWhitespace: true, legalComments: 'none' },
      })
      if (errors.length > 0) throw new Error(errors.map(error => error.message).join('\n'))
      // Terser after it, or alone, finds another one or two hundredths; how functions that are called once are inlined, the bytes decide.
      const sources = chunk.code.length < SMALL ? [code, chunk.code] : [code]
      const again = await Promise.all(
        sources.flatMap(source =>
          [1, 2].flatMap(inline =>
            [true, false].map(reduce_funcs =>
              terser(source, {
                ecma: 2020,
                module,
                compress: { passes: 3, inline, reduce_funcs, pure_getters: true, booleans_as_integers: bare },
                mangle: { toplevel: true },
                format: { comments: false },
              }),
            ),
          ),
        ),
      )
      // A classic script needs no function of its own but an arrow: there is no `this` in a module.
      const arrow = (made: string): string => made.replace(/^!function\(\)\{([\s\S]*)\}\(\);$/, '(()=>{$1})()')
      const [smallest = code] = again
        .map(made => (atOnce ? AT_ONCE : '') + arrow((made.code ?? code).trim()))
        .sort((a, b) => brotliSize(a) - brotliSize(b))
      chunk.code = smallest
    }
  },
})

// What of comlink nothing here ever calls: setting, constructing, endpoints and releasing across the wire (the worker ends with its
// page). Each cut must be found once.
const UNUSED = [
  /throwIfProxyReleased\(isProxyReleased\);(?=\s*if \(prop)/,
  /throwIfProxyReleased\(isProxyReleased\);(?=\s*const last)/,
  /const proxyCounter[\s\S]*?(?=function createProxy)/,
  /registerProxy\(proxy, ep\);/,
  /if \(prop === releaseProxy\) \{[\s\S]*?\n {12}\}/,
  /case "RELEASE"[\s\S]*?break;/,
  /if \(type === "RELEASE"[\s\S]*?\n {12}\}/,
  /case "SET"[\s\S]*?break;/,
  /case "CONSTRUCT"[\s\S]*?break;/,
  /case "ENDPOINT"[\s\S]*?break;/,
  /if \(last === createEndpoint\) \{[\s\S]*?\n {12}\}/,
  /if \(last === "bind"\) \{[\s\S]*?\n {12}\}/,
  // `*` is allowed, which is to say everybody: a worker hears from its page alone.
  /if \(!isAllowedOrigin[\s\S]*?\n {8}\}/,
  // Nothing is transferred by name.
  /const transferCache = new WeakMap\(\);/,
  /transferCache\.get\(value\) \|\| (?=\[\])/,
  /\n {8}set\(_target, prop[\s\S]*?\n {8}\},/,
  /\n {8}construct\(_target[\s\S]*?\n {8}\},/,
]

export const withoutUnused = (): Plugin => ({
  name: 'nearside:without-unused',
  transform(code, id) {
    if (!id.endsWith('/comlink.mjs')) return undefined
    return without(
      'comlink',
      UNUSED.map(cut => [cut, '']),
      code,
    )
  },
})
