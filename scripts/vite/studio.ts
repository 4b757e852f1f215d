/** How Segment Studio is built. */

import { join } from 'node:path'
import type { UserConfig } from 'vite'
import { root, TARGET } from './root.ts'

/** A page that learns by itself: everything it needs is beside it, and nothing is fetched later. */
export const studio = (): UserConfig => ({
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
