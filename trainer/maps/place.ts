/** Where a point lies on a map. */
export type Place = readonly [x: number, y: number]
