/** How the extension is built: one for visitors, and one with the DevTools panel, which browsers warn of. */

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { crx, type ManifestV3Export } from '@crxjs/vite-plugin'
import { minify } from 'terser'
import { type Plugin, type PluginOption, runnerImport, type UserConfig } from 'vite'
import { bothEnds, treeshake } from './both-ends.ts'
import { lessPolyfill } from './less.ts'
import { packedWords } from './packed-words.ts'
import { root, TARGET } from './root.ts'

// crxjs makes every script it bundles fetchable by any page, by which a page could recognise the extension. None needs it.
// It also leaves a second copy of each `*.iife.ts` and an empty one of each page that nothing imports, in pieces.
const unrecognisable = (): Plugin => ({
  name: 'nearside:unrecognisable',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      for (const name of Object.keys(bundle)) if (/^assets\/.*\.iife\.ts-/.test(name)) delete bundle[name]
      const chunks = () => Object.values(bundle).filter(file => file.type === 'chunk')
      const unused = () => {
        const imported = new Set(chunks().flatMap(({ imports, dynamicImports }) => [...imports, ...dynamicImports]))
        return chunks().find(({ isEntry, fileName }) => !isEntry && !imported.has(fileName))
      }
      for (let chunk = unused(); chunk; chunk = unused()) delete bundle[chunk.fileName]
      // Pages name what they load, and not these.
      for (const name of Object.keys(bundle)) if (/^assets\/.*\.html-/.test(name)) delete bundle[name]
      const file = bundle['manifest.json']
      if (file?.type !== 'asset') return
      const { web_accessible_resources: _w, ...manifest } = JSON.parse(String(file.source))
      file.source = JSON.stringify(manifest)
    },
  },
})

/** Files as they are told. */
const withFiles = (files: readonly (readonly [path: string, text: string])[]): Plugin => ({
  name: 'nearside:files',
  generateBundle() {
    for (const [fileName, source] of files) this.emitFile({ type: 'asset', fileName, source })
  },
})

// The text of the Mozilla licence is a third of all that is zipped of words, and may be given by its address.
const MOZILLA = /Mozilla Public License Version 2\.0\n=+\n[\s\S]*?(?=\n## |$)/
const BRIEF =
  'The terms of the Mozilla Public License, version 2.0, are at https://mozilla.org/MPL/2.0/, and its source at\nhttps://github.com/mozilla/webextension-polyfill.\n'

const briefLicences = (): Plugin => ({
  name: 'nearside:brief-licences',
  generateBundle: {
    order: 'post',
    handler(_, bundle) {
      const file = bundle['licenses.md']
      if (file?.type === 'asset') file.source = String(file.source).replace(MOZILLA, BRIEF)
    },
  },
})

/** What the bundler leaves, made smaller once more: the zip is held to a size. */
const smaller = (): Plugin => ({
  name: 'nearside:smaller',
  generateBundle: {
    order: 'post',
    async handler(_, bundle) {
      for (const [name, file] of Object.entries(bundle)) {
        if (!name.endsWith('.js')) continue
        const module = !name.endsWith('.iife.js')
        const code = file.type === 'chunk' ? file.code : String(file.source)
        const made = await minify(code, {
          ecma: 2020,
          module,
          compress: { passes: 3, inline: 1, pure_getters: true },
          // Chromium takes no script of which it doubts that it is UTF-8.
          format: { comments: false, ascii_only: !module },
        })
        if (file.type === 'chunk') file.code = made.code ?? code
        else file.source = made.code ?? code
      }
    },
  },
})

const ENTRIES = /(background[/\\]main|popup[/\\]popup|dashboard[/\\]dashboard|\.iife)\.ts$/

interface Graph {
  getModuleInfo(id: string): { readonly importers: readonly string[] } | null
}

/** The entries by which a module is reached. */
const entriesTo = (id: string, graph: Graph, seen = new Set<string>()): string[] => {
  const own = ENTRIES.exec(id)?.slice(1) ?? []
  const further = (graph.getModuleInfo(id)?.importers ?? []).filter(each => !seen.has(each))
  return [...own, ...further.flatMap(each => entriesTo(each, graph, seen.add(each)))]
}

/** What is shared is in two files, as each costs bytes of its own: the background loads no screens, and the popup no dashboard. */
const fewFiles = {
  groups: [
    {
      name: (id: string, graph: Graph) => {
        const entries = new Set(entriesTo(id, graph))
        if (entries.size < 2) return null
        return [...entries].some(each => each.startsWith('background')) ? 'ground' : 'screens'
      },
      test: /\.[jt]s(on)?$/,
    },
  ],
}

const STYLES = /( *<link rel="stylesheet"[^>]*>\n)+/

/** What all pages share comes before what each of them says otherwise: of two rules that are as good, the later holds. */
const sharedStylesFirst = (): Plugin => ({
  name: 'nearside:shared-styles-first',
  transformIndexHtml: {
    order: 'post',
    handler: html =>
      html.replace(STYLES, all => {
        const links = all.split(/(?<=\n)/)
        const isShared = (link: string): boolean => link.includes('/base-')
        return [...links.filter(isShared), ...links.filter(link => !isShared(link))].join('')
      }),
  },
})

type Browser = 'chrome' | 'firefox'
type Manifest = { manifest(browser: Browser): ManifestV3Export }

const load = async <M>(path: string): Promise<M> =>
  (await runnerImport<M>(join(root, path), { configFile: false, logLevel: 'error' })).module

const DEVTOOLS = /^devtools[/\\]/

/** Pages that no manifest key names (a dashboard, a DevTools panel) have to be listed by hand. */
const pagesOf = (devtools: boolean): string[] =>
  readdirSync(join(root, 'extension'), { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.html') && DEVTOOLS.test(path) === devtools)
    .map(path => join(root, 'extension', path))

const built = (name: string, pages: string[], plugins: PluginOption[]): UserConfig => ({
  root: join(root, 'extension'),
  plugins: [...plugins, sharedStylesFirst(), unrecognisable(), briefLicences()],
  build: {
    target: TARGET,
    outDir: join(root, 'dist/extension', name),
    emptyOutDir: true,
    modulePreload: false,
    license: { fileName: 'licenses.md' },
    rolldownOptions: { input: pages, treeshake, output: { comments: false, codeSplitting: fewFiles } },
  },
})

export const extension = async (browser: Browser): Promise<UserConfig> => {
  const { manifest, messageFiles } = await load<typeof import('../../extension/manifest.ts')>('extension/manifest.ts')
  const { bitFiles } = await load<typeof import('../../extension/visit/bits.ts')>('extension/visit/bits.ts')
  return built(browser, pagesOf(false), [
    crx({ manifest: manifest(browser), browser }),
    packedWords(),
    bothEnds('look.iife'),
    lessPolyfill(browser === 'firefox'),
    withFiles([...bitFiles(browser === 'firefox' ? ['default', 'port'] : ['default']), ...messageFiles()]),
    smaller(),
  ])
}

export const devtools = async (browser: Browser): Promise<UserConfig> => {
  const { manifest } = await load<Manifest>('extension/devtools/manifest.ts')
  return built(`${browser}-devtools`, pagesOf(true), [crx({ manifest: manifest(browser), browser })])
}
