/** How the examples that are pages by themselves are built: Segment Studio, and the DevTools panel. */

import { join } from 'node:path'
import type { UserConfig } from 'vite'
import { root, TARGET } from './root.ts'

/** Everything that the page needs is beside it, and comes from nowhere else. */
export const examplePage = (name: 'studio' | 'panel'): UserConfig => ({
  root: join(root, 'examples', name),
  base: './',
  worker: { format: 'es' },
  build: {
    target: TARGET,
    outDir: join(root, 'dist', name),
    emptyOutDir: true,
    modulePreload: false,
    assetsInlineLimit: 0,
    license: { fileName: 'licenses.md' },
    rolldownOptions: { output: { comments: false } },
  },
})
