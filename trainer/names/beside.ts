/** Centroids beside each other, where what most rows are is not to be known: under noise, scaled by bounds and not by the data. */

/** @returns each number less the mean of all centroids, in deviations of theirs; 0 where they are equal */
export const besideEachOther = (centroids: readonly (readonly number[])[]): number[][] => {
  const k = centroids.length
  const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / k
  const columns = (centroids[0] ?? []).map((_, i) => {
    const values = centroids.map(centroid => centroid[i] as number)
    const middle = mean(values)
    return { middle, wide: Math.sqrt(mean(values.map(x => (x - middle) * (x - middle)))) }
  })
  return centroids.map(centroid =>
    columns.map(({ middle, wide }, i) => (wide > 0 ? ((centroid[i] as number) - middle) / wide : 0)),
  )
}
