/** How each file of the SDK is built: whole, small, and alone. */

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin, UserConfig } from 'vite'
import { root, TARGET } from './root.ts'
import { small, withoutUnused } from './small.ts'
import { LOCALES, languagesIn } from './words.ts'

/** A name for whatever reads a site's files: it changes with any of its sources, so that nothing is taken for what an older one read. */
const reader = (): string => {
  const files = readdirSync(join(root, 'core'), { recursive: true, encoding: 'utf8' }).filter(path =>
    path.endsWith('.ts'),
  )
  const hash = createHash('sha256')
  for (const path of ['worker/site.ts', ...files.sort().map(file => join('core', file))])
    hash.update(readFileSync(join(root, path)))
  return hash.digest('base64url').slice(0, 8)
}

/** Importing does nothing, but for these: of all others, what a file does not use is left out of it. */
export const ACTING = /(\.entry|\.iife|\/main)\.ts$/

/**
 * What parsers are made of: one that nobody uses is left out as well. So is one that is called where it is made and whose answer nobody
 * takes: give it a name before it is called.
 */
const PURE = ['text', 'oneOf', 'integer', 'optional', 'object', 'list', 'mapOf']

/** Lightning CSS's flag for `light-dark()`, of which there is none here: it would put in what older browsers need for it all the same. */
const LIGHT_DARK = 1 << 20

/** The one file that chunks share: whatever asks or shows reads the config, and it is longer than any of them. */
export const READER = { source: join(root, 'core/config.ts'), file: 'nearside-config.js' }

/** Takes the reader of the config from its own file. */
export const readsConfig = ({ build, ...config }: UserConfig): UserConfig => ({
  ...config,
  build: {
    ...build,
    rolldownOptions: {
      ...build?.rolldownOptions,
      external: id => id.endsWith('/core/config.ts'),
      output: { ...build?.rolldownOptions?.output, paths: { [READER.source]: `./${READER.file}` } },
    },
  },
})

/**
 * One self-contained file in dist/sdk. The loader imports its chunks by URL, so nothing else is ever shared or split.
 * @param atOnce nearly all of it runs as soon as it is there
 */
export const sdk = (entry: string, file: string, format: 'iife' | 'es', atOnce = false): UserConfig => ({
  root,
  define: {
    'process.env.NODE_ENV': '"production"',
    'import.meta.env.READER': JSON.stringify(reader()),
    'import.meta.env.LANGUAGES': JSON.stringify(languagesIn(LOCALES).join(' ')),
  },
  css: { lightningcss: { exclude: LIGHT_DARK } },
  plugins: [withoutUnused(), small(format === 'es', atOnce, file === 'nearside.js')],
  build: {
    target: TARGET,
    outDir: 'dist/sdk',
    emptyOutDir: false,
    minify: false,
    cssMinify: 'lightningcss',
    copyPublicDir: false,
    // The comments that held the licences of bundled packages are gone from the bytes: they stand beside them.
    license: { fileName: `licenses/${file}.md` },
    lib: { entry, formats: [format], fileName: () => file, name: 'NearsideEntry' },
    // React is its application's own, of whatever version that has.
    rolldownOptions: {
      external: ['react'],
      treeshake: { moduleSideEffects: id => ACTING.test(id), manualPureFunctions: PURE },
      output: { codeSplitting: false, comments: false, extend: true },
    },
  },
})

// Frameworks that render on a server ask which modules run in the browser as well; a bundler drops the word for it.
const forClients = (): Plugin => ({
  name: 'nearside:for-clients',
  generateBundle(_, bundle) {
    for (const chunk of Object.values(bundle)) if (chunk.type === 'chunk') chunk.code = `"use client";${chunk.code}`
  },
})

export const react = (): UserConfig => {
  const { plugins = [], ...config } = sdk('sdk/react.ts', 'nearside-react.mjs', 'es')
  return { ...config, plugins: [...plugins, forClients()] }
}
