/** Where everything is, and what it is built for. */

import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))
export const TARGET = 'es2022'
