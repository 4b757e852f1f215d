// A promise that was broken, in words.
export class Broken extends Error {
  override readonly name = 'Broken'
}

export const must = (kept: boolean, promise: string, ...about: unknown[]): void => {
  if (!kept) throw new Broken([promise, ...about.map(it => JSON.stringify(it))].join(' · '))
}

/** As long as a person would wait for what they asked for to be done. */
const PATIENCE_MS = 10_000

/** @param holds answers what is wrong still */
export const until = async (holds: () => Promise<string | undefined>): Promise<void> => {
  const end = Date.now() + PATIENCE_MS
  for (;;) {
    const wrong = await holds()
    if (wrong === undefined) return
    must(Date.now() < end, wrong)
    await new Promise(go => setTimeout(go, 50))
  }
}
