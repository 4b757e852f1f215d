// What a page loads to say how it fares with the vectors.
import { clusterDigest } from './clusters.ts'
import { elementaryDigest, featureDigest } from './digest.ts'
import { differencesFrom, type Vectors } from './run.ts'

export const tell = async (vectors: Vectors) => ({
  differences: await differencesFrom(vectors),
  elementary: await elementaryDigest(20_000),
  features: await featureDigest(1000),
  clusters: await clusterDigest(1500),
})
