import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Vectors } from './run.ts'

const read = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, `${name}.json`), 'utf8'))

export const readVectors = (): Vectors => ({
  elementary: read('elementary'),
  features: read('features'),
  assignments: read('assignments'),
  propensities: read('propensities'),
  pseudonyms: read('pseudonyms'),
  reports: read('reports'),
  ledger: read('ledger'),
  pairs: read('pairs'),
})

/** SHA-256 over what came of pseudo-random inputs: see `digest.ts`. */
export const readDigests = (): { elementary: string; features: string; clusters: string } => read('digests')
