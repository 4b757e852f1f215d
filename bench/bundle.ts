/** Makes of each peer the one classic script that a page loads, as a site that bundles would. */

import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import { build, type Rolldown } from 'vite'

export type Scripts = { readonly [path: string]: string }

const bundle = async (peers: string, name: string): Promise<string> => {
  const built = (await build({
    configFile: false,
    root: peers,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      target: 'es2022',
      write: false,
      minify: true,
      lib: { entry: join(peers, `${name}.js`), formats: ['iife'], name: 'benchPeer' },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  })) as Rolldown.RolldownOutput[]
  const [chunk] = built[0]?.output ?? []
  if (!chunk) throw new Error(`bench/peers/${name}.js made no script`)
  return chunk.code
}

/** By the path at which a page asks for it. */
export const bundlePeers = async (peers: string, names: readonly string[]): Promise<Scripts> =>
  Object.fromEntries(
    await Promise.all(names.map(async name => [`/bench/${name}.js`, await bundle(peers, name)] as const)),
  )

/** Bytes as a server would send them. */
export const packed = (text: string | Buffer): number =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length
