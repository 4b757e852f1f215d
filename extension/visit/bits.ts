/**
 * A number, said in files: a script that is registered with a browser is given nothing but files, and must know what it is for before the
 * page's own code runs. Each file of `bits/` pushes a mark, and the script that follows takes them; the order in which nine files are
 * listed can say more numbers than there are. Chromium runs a file once in a page, however many scripts list it: each kind has its own.
 */

/** What a number is for: a default, or the port of a deletion, where the browser's patterns cannot name it. */
const KINDS = ['default', 'port'] as const
export type Kind = (typeof KINDS)[number]

const MARKS = 9
/** The pairs in the lower bits are an answer. */
export const ANSWERS = 1 << 16
/** What is granted is paused. */
export const PAUSES = 1 << 17

declare global {
  var nearsideBits: number[] | undefined
}

const path = (mark: number): string => `bits/${mark}.js`

const marksOf = (kind: Kind): number[] => Array.from({ length: MARKS }, (_, i) => KINDS.indexOf(kind) * MARKS + i)

/** The files for these, as the build writes them: path to code. */
export const bitFiles = (kinds: readonly Kind[]): [path: string, code: string][] =>
  kinds.flatMap(marksOf).map(mark => [path(mark), `(globalThis.nearsideBits??=[]).push(${mark})\n`])

/** How many numbers `length` files can say. */
const orders = (length: number): number => (length ? orders(length - 1) * (MARKS - length + 1) : 1)

/** The files that say `number`, for the list before the script that takes it: as few as can, and none for 0. */
export const filesFor = (kind: Kind, number: number): string[] => {
  let length = 0
  let rest = number
  for (; rest >= orders(length); length++) rest -= orders(length)
  const left = marksOf(kind)
  let further = orders(length)
  return Array.from({ length }, () => {
    further /= left.length
    const [mark] = left.splice(Math.floor(rest / further), 1)
    rest %= further
    return `/${path(mark as number)}`
  })
}

/** What was said since it was last asked: two scripts may run on one page. */
export const takeNumber = (kind: Kind): number => {
  const left = marksOf(kind)
  const said = globalThis.nearsideBits ?? []
  globalThis.nearsideBits = said.filter(mark => !left.includes(mark))
  const marks = said.filter(mark => left.includes(mark))
  const fewer = marks.reduce((sum, _, length) => sum + orders(length), 0)
  return (
    marks.reduce((number, mark) => {
      const place = left.indexOf(mark)
      const next = number * left.length + place
      left.splice(place, 1)
      return next
    }, 0) + fewer
  )
}
