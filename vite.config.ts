// Everything that is built is built from here: `vite build --mode <name>`, or all of them with `npm run build`.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import { crx } from '@crxjs/vite-plugin'
import { minify as terser } from 'terser'
import { defineConfig, minify, type Plugin, runnerImport, type UserConfig } from 'vite'

const root = fileURLToPath(new URL('.', import.meta.url))
const TARGET = 'es2022'

/** What makes signals of what a page does anyway, each loaded where `needs` asks for it; `words` is shared by them. */
const sdkSources = ['scroll', 'clicks', 'rage', 'data-layer', 'segment', 'middleware', 'schema-org', 'words']

/** Consent managers whose word is taken, each loaded where the site's config names it. */
const cmps = ['tcf', 'gpp', 'onetrust', 'cookiebot', 'consent-mode']

const brotliSize = (code: string): number => brotliCompressSync(code).length

// Vite keeps the white space of ES libraries, for the sake of their bundlers; ours go straight to a browser.
// At the end of everything, because rolldown prints each chunk once more after `renderChunk`.
const small = (module: boolean): Plugin => ({
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
      // Terser after it finds another one or two hundredths; whether functions that are called once are inlined, the bytes decide.
      const again = await Promise.all(
        [true, false].map(reduce_funcs =>
          terser(code, {
            ecma: 2020,
            module,
            compress: { passes: 3, inline: 1, reduce_funcs, pure_getters: true },
            mangle: { toplevel: true },
            format: { comments: false },
          }),
        ),
      )
      const [smallest] = again.map(made => (made.code ?? code).trim()).sort((a, b) => brotliSize(a) - brotliSize(b))
      chunk.code = smallest ?? code
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
  /\n {8}set\(_target, prop[\s\S]*?\n {8}\},/,
  /\n {8}construct\(_target[\s\S]*?\n {8}\},/,
]

const withoutUnused = (): Plugin => ({
  name: 'nearside:without-unused',
  transform(code, id) {
    if (!id.endsWith('/comlink.mjs')) return undefined
    return UNUSED.reduce((rest, cut) => {
      if (rest.split(cut).length !== 2) throw new Error(`comlink has changed: ${cut} is not there once`)
      return rest.replace(cut, '')
    }, code)
  },
})

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

const LOCALES = join(root, 'sdk/locales')

/** Languages with words in this folder, but for English, which is inside the chunks. */
const languagesIn = (folder: string): string[] =>
  readdirSync(folder)
    .flatMap(name => /^(.*)\.json$/.exec(name)?.[1] ?? [])
    .filter(language => language !== 'en')
    .sort()

/** Puts each language's words beside the script, as `nearside-<name>-<language>.json`. */
const withWords = (name: string, folder: string): Plugin => ({
  name: 'nearside:with-words',
  generateBundle() {
    for (const language of languagesIn(folder)) {
      const source = JSON.stringify(JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8')))
      this.emitFile({ type: 'asset', fileName: `nearside-${name}-${language}.json`, source })
    }
  },
})

/** Importing does nothing, but for these: of all others, what a file does not use is left out of it. */
const ACTING = /(\.entry|\.iife|\/main)\.ts$/

/** The one file that chunks share: whatever asks or shows reads the config, and it is longer than any of them. */
const READER = { source: join(root, 'core/config.ts'), file: 'nearside-config.js' }

/** Takes the reader of the config from its own file. */
const readsConfig = ({ build, ...config }: UserConfig): UserConfig => ({
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

/** One self-contained file in dist/sdk. The loader imports its chunks by URL, so nothing else is ever shared or split. */
const sdk = (entry: string, file: string, format: 'iife' | 'es'): UserConfig => ({
  root,
  define: {
    'process.env.NODE_ENV': '"production"',
    'import.meta.env.READER': JSON.stringify(reader()),
    'import.meta.env.LANGUAGES': JSON.stringify(languagesIn(LOCALES).join(' ')),
  },
  plugins: [withoutUnused(), small(format === 'es')],
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
      treeshake: { moduleSideEffects: id => ACTING.test(id) },
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

const withLocales = (config: UserConfig, name: string, folder: string): UserConfig => ({
  ...config,
  plugins: [...(config.plugins ?? []), withWords(name, folder)],
})

const react = (): UserConfig => {
  const { plugins = [], ...config } = sdk('sdk/react.ts', 'nearside-react.mjs', 'es')
  return { ...config, plugins: [...plugins, forClients()] }
}

// crxjs makes every script it bundles fetchable by any page, by which a page could recognise the extension. None needs it.
// It also leaves a second copy of each `*.iife.ts` that nothing imports.
const unrecognisable = (): Plugin => ({
  name: 'nearside:unrecognisable',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      for (const [name, file] of Object.entries(bundle)) {
        if (/^assets\/.*\.iife\.ts-/.test(name)) delete bundle[name]
        if (name !== 'manifest.json' || file.type !== 'asset') continue
        const { web_accessible_resources: _, ...manifest } = JSON.parse(String(file.source))
        file.source = `${JSON.stringify(manifest, null, 2)}\n`
      }
    },
  },
})

const extension = async (browser: 'chrome' | 'firefox'): Promise<UserConfig> => {
  const { module } = await runnerImport<typeof import('./extension/manifest.ts')>(join(root, 'extension/manifest.ts'), {
    configFile: false,
    logLevel: 'error',
  })
  // Pages that no manifest key names (a dashboard, a DevTools panel) have to be listed by hand.
  const pages = readdirSync(join(root, 'extension'), { recursive: true, encoding: 'utf8' }).filter(path =>
    path.endsWith('.html'),
  )
  return {
    root: join(root, 'extension'),
    plugins: [crx({ manifest: module.manifest(browser), browser }), unrecognisable()],
    build: {
      target: TARGET,
      outDir: join(root, 'dist/extension', browser),
      emptyOutDir: true,
      modulePreload: false,
      license: { fileName: 'licenses.md' },
      rolldownOptions: { input: pages.map(path => join(root, 'extension', path)), output: { comments: false } },
    },
  }
}

/** A page that learns by itself: everything it needs is beside it, and nothing is fetched later. */
const studio = (): UserConfig => ({
  root: join(root, 'examples/studio'),
  base: './',
  worker: { format: 'es' },
  build: {
    target: TARGET,
    outDir: join(root, 'dist/studio'),
    emptyOutDir: true,
    modulePreload: false,
    assetsInlineLimit: 0,
    license: { fileName: 'licenses.md' },
    rolldownOptions: { output: { comments: false } },
  },
})

const nodeEntries = { nearside: 'cli/nearside.ts', collector: 'collector/main.ts', shop: 'examples/shop/main.ts' }

// Node 20 does not run TypeScript, so what node runs is built; packages stay packages.
const node = (outDir: string, entries: Record<string, string>): UserConfig => ({
  root,
  build: {
    ssr: true,
    target: 'node20',
    outDir,
    emptyOutDir: true,
    copyPublicDir: false,
    rolldownOptions: {
      input: Object.fromEntries(Object.entries(entries).filter(([, path]) => existsSync(join(root, path)))),
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js', format: 'es' },
    },
  },
})

const modes: Record<string, () => UserConfig | Promise<UserConfig>> = {
  'sdk-nearside': () => sdk('sdk/nearside.entry.ts', 'nearside.js', 'iife'),
  'sdk-paint': () => sdk('sdk/paint.entry.ts', 'nearside-paint.js', 'iife'),
  'sdk-module': () => sdk('sdk/index.ts', 'nearside.mjs', 'es'),
  'sdk-react': react,
  'sdk-element': () => sdk('sdk/element.entry.ts', 'nearside-element.js', 'es'),
  'sdk-banner': () =>
    withLocales(readsConfig(sdk('sdk/banner.entry.ts', 'nearside-banner.js', 'es')), 'words', LOCALES),
  'sdk-reopen': () => sdk('sdk/reopen.entry.ts', 'nearside-reopen.js', 'es'),
  'sdk-config': () => sdk('sdk/config.entry.ts', READER.file, 'es'),
  'sdk-settings': () => sdk('sdk/settings.entry.ts', 'nearside-settings.js', 'es'),
  'sdk-follow': () => sdk('sdk/follow.entry.ts', 'nearside-follow.js', 'es'),
  'sdk-session': () => sdk('sdk/session.entry.ts', 'nearside-session.js', 'es'),
  'sdk-heed': () => readsConfig(sdk('sdk/consent/heed.entry.ts', 'nearside-heed.js', 'es')),
  'sdk-tell': () => sdk('sdk/consent/tell.entry.ts', 'nearside-tell.js', 'es'),
  'sdk-rights': () => sdk('sdk/rights.entry.ts', 'nearside-rights.js', 'es'),
  'sdk-centre': () =>
    withLocales(sdk('sdk/centre.entry.ts', 'nearside-centre.js', 'es'), 'centre-words', join(root, 'view/locales')),
  'sdk-refusal': () => sdk('sdk/refusal.entry.ts', 'nearside-refusal.js', 'es'),
  'sdk-worker': () => sdk('worker/main.ts', 'nearside-worker.js', 'iife'),
  'sdk-records': () => sdk('worker/records.entry.ts', 'nearside-records.js', 'es'),
  'sdk-provenance': () => sdk('worker/provenance.entry.ts', 'nearside-provenance.js', 'es'),
  ...Object.fromEntries(
    sdkSources.map(name => [
      `sdk-source-${name}`,
      () => sdk(`sdk/sources/${name}.entry.ts`, `nearside-source-${name}.js`, 'es'),
    ]),
  ),
  ...Object.fromEntries(
    cmps.map(name => [`sdk-cmp-${name}`, () => sdk(`sdk/consent/${name}.entry.ts`, `nearside-cmp-${name}.js`, 'es')]),
  ),
  'extension-chrome': () => extension('chrome'),
  'extension-firefox': () => extension('firefox'),
  studio,
  node: () => node('dist/node', nodeEntries),
  bench: () =>
    node('dist/bench', {
      bench: 'bench/main.ts',
      store: 'bench/store/main.ts',
      consent: 'bench/banners/main.ts',
      trainer: 'bench/trainer/main.ts',
    }),
}

export default defineConfig(async ({ mode }) => {
  const make = modes[mode]
  if (!make) throw new Error(`No mode "${mode}": choose one of ${Object.keys(modes).join(', ')}.`)
  return { clearScreen: false, logLevel: 'warn', ...(await make()) }
})
