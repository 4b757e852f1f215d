/** How what Node runs is built. */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { UserConfig } from 'vite'
import { root } from './root.ts'

export const nodeEntries = {
  nearside: 'cli/nearside.ts',
  collector: 'collector/main.ts',
  shop: 'examples/shop/main.ts',
}

// Node 20 does not run TypeScript, so what node runs is built; packages stay packages.
export const node = (outDir: string, entries: Record<string, string>): UserConfig => ({
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
