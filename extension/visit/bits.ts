/**
 * A number, said in files: a script that is registered with a browser is given nothing but files, and must know what it is for before the
 * page's own code runs. Each file of `bits/` pushes its own number, and the script that follows takes them.
 */

/** As many as a port has; above them, what a default may say beside its pairs. */
export const BITS = 18
/** The pairs in the lower bits are an answer. */
export const ANSWERS = 1 << 16
/** What is granted is paused. */
export const PAUSES = 1 << 17

declare global {
  var nearsideBits: number[] | undefined
}

const path = (bit: number): string => `bits/${bit}.js`

/** Every such file, as the build writes them: path to code. */
export const bitFiles = (): [path: string, code: string][] =>
  Array.from({ length: BITS }, (_, bit) => [path(bit), `(globalThis.nearsideBits??=[]).push(${bit})\n`])

/** The files that say `number`, for the list before the script that takes it. */
export const filesFor = (number: number): string[] =>
  Array.from({ length: BITS }, (_, bit) => bit)
    .filter(bit => number & (1 << bit))
    .map(bit => `/${path(bit)}`)

/** What was said since it was last asked: two scripts may run on one page. */
export const takeNumber = (): number => {
  const bits = globalThis.nearsideBits ?? []
  globalThis.nearsideBits = undefined
  return bits.reduce((sum, bit) => sum | (1 << bit), 0)
}
