/** How the extension is built: one for visitors, and one with the DevTools panel, which browsers warn of. */

import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { crx } from '@crxjs/vite-plugin'
import { type Plugin, runnerImport, type UserConfig } from 'vite'
import { root, TARGET } from './root.ts'

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

export const extension = async (browser: 'chrome' | 'firefox'): Promise<UserConfig> => {
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
