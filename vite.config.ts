// Everything that is built is built from here: `vite build --mode <name>`, or all of them with `npm run build`.
// How each kind of it is made stands in scripts/vite/.
import { join } from 'node:path'
import { defineConfig, type UserConfig } from 'vite'
import { examplePage } from './scripts/vite/example-page.ts'
import { devtools, extension } from './scripts/vite/extension.ts'
import { node, nodeEntries } from './scripts/vite/node.ts'
import { root } from './scripts/vite/root.ts'
import { READER, react, readsConfig, sdk } from './scripts/vite/sdk.ts'
import { LOCALES, withLocales } from './scripts/vite/words.ts'

/** What makes signals of what a page does anyway, each loaded where `needs` asks for it; `words` is shared by them. */
const sdkSources = ['scroll', 'clicks', 'rage', 'data-layer', 'segment', 'middleware', 'schema-org', 'words']

/** Consent managers whose word is taken, each loaded where the site's config names it. */
const cmps = ['tcf', 'gpp', 'onetrust', 'cookiebot', 'consent-mode']

const modes: Record<string, () => UserConfig | Promise<UserConfig>> = {
  'sdk-nearside': () => sdk('sdk/nearside.entry.ts', 'nearside.js', 'iife'),
  'sdk-paint': () => sdk('sdk/paint.entry.ts', 'nearside-paint.js', 'iife'),
  'sdk-module': () => sdk('sdk/index.ts', 'nearside.mjs', 'es'),
  'sdk-react': react,
  'sdk-element': () => sdk('sdk/element.entry.ts', 'nearside-element.js', 'es'),
  'sdk-banner': () =>
    withLocales(readsConfig(sdk('sdk/banner.entry.ts', 'nearside-banner.js', 'es', true)), 'words', LOCALES),
  'sdk-reopen': () => sdk('sdk/reopen.entry.ts', 'nearside-reopen.js', 'es'),
  'sdk-config': () => sdk('sdk/config.entry.ts', READER.file, 'es', true),
  'sdk-settings': () => sdk('sdk/settings.entry.ts', 'nearside-settings.js', 'es'),
  'sdk-follow': () => sdk('sdk/follow.entry.ts', 'nearside-follow.js', 'es'),
  'sdk-wait': () => sdk('sdk/wait.entry.ts', 'nearside-wait.js', 'es'),
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
  'devtools-chrome': () => devtools('chrome'),
  'devtools-firefox': () => devtools('firefox'),
  studio: () => examplePage('studio'),
  panel: () => examplePage('panel'),
  node: () => node('dist/node', nodeEntries),
  bench: () =>
    node('dist/bench', {
      bench: 'bench/main.ts',
      store: 'bench/store/main.ts',
      consent: 'bench/banners/main.ts',
      trainer: 'bench/trainer/main.ts',
      popup: 'bench/popup/main.ts',
    }),
}

export default defineConfig(async ({ mode }) => {
  const make = modes[mode]
  if (!make) throw new Error(`No mode "${mode}": choose one of ${Object.keys(modes).join(', ')}.`)
  return { clearScreen: false, logLevel: 'warn', ...(await make()) }
})
