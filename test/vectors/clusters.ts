// A digest of all that the trainer's clustering gives for one cloud: fits, judgements, clusters by density and tree, maps.
import { dbscan } from '../../trainer/cluster/dbscan.ts'
import { kmeans } from '../../trainer/cluster/kmeans.ts'
import { partOf } from '../../trainer/cluster/points.ts'
import { ward } from '../../trainer/cluster/ward.ts'
import { load } from '../../trainer/kernels/loaded.ts'
import { mapsOf } from '../../trainer/maps/maps.ts'
import { seeded } from '../../trainer/random.ts'
import { sha256 } from './digest.ts'

const D = 5

export const clusterDigest = (n: number): Promise<string> => {
  const random = seeded(5)
  const flat = Float64Array.from(
    { length: n * D },
    (_, at) => random() + random() + random() + (Math.floor(at / D) % 4) * ((at % D) % 2),
  )
  const points = { n, d: D, flat }
  const told = { seed: 1, restarts: 20, minimumSize: 5, engine: 'auto', place: 'here' } as const
  const { tried, fit } = kmeans(points, { ...told, ks: [2, 3, 4, 5] })
  const few = partOf(
    points,
    Array.from({ length: 200 }, (_, i) => i),
  )
  return sha256([
    ...tried.flatMap(each => Object.values(each).flat()),
    ...fit.centroids.flat(),
    ...fit.labels,
    ...dbscan(load(points), { radius: 0.8, neighbours: 8 }),
    ...ward(few).flatMap(each => Object.values(each)),
    ...mapsOf(few, 1).maps.flatMap(each => [...each.places.flat(), each.trustworthiness]),
  ])
}
