// A promise that was broken, in words.
export class Broken extends Error {
  override readonly name = 'Broken'
}

export const must = (kept: boolean, promise: string, ...about: unknown[]): void => {
  if (!kept) throw new Broken([promise, ...about.map(it => JSON.stringify(it))].join(' · '))
}
