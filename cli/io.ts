/** What a command may do to the world outside its files, and how it ends. */

export interface Io {
  /** One line to standard output. */
  readonly out: (line: string) => void
  /** One line to standard error. */
  readonly err: (line: string) => void
  /** Milliseconds, from whenever: for progress. */
  readonly now: () => number
  /** Asks a person, and returns the line they type; absent where nobody sits there. */
  readonly ask?: (question: string) => Promise<string>
}

export const OK = 0
export const BAD_INPUT = 1
export const USAGE = 2
export type Exit = typeof OK | typeof BAD_INPUT | typeof USAGE

export interface Command {
  /** A few words for the list of commands. */
  readonly summary: string
  readonly help: string
  /** @throws ParseError on bad input, what {@link misuse} makes on bad usage */
  readonly run: (args: readonly string[], io: Io) => Promise<void>
}

interface Misuse extends Error {
  readonly misuse: true
}

/** An error in how a command was called, rather than in what it was given. */
export const misuse = (problem: string, mend: string): Misuse =>
  Object.assign(new Error(`nearside: ${problem}. ${mend}.`), { misuse: true as const })

export const isMisuse = (error: unknown): error is Misuse => error instanceof Error && 'misuse' in error

/** Below this nobody wonders whether it hangs. */
const SILENT_MS = 1000
const EVERY_MS = 1000

/** Of a command that reads a file and then looks at it, about this part is reading. */
export const READING = 0.7

/** Says on standard error how far a long task is: nothing for the first second, then a line a second at most. */
export const progressTo = (io: Io, task: string): ((done: number, what: string) => void) => {
  const started = io.now()
  let last = started + SILENT_MS - EVERY_MS
  return (done, what) => {
    const now = io.now()
    if (now - last < EVERY_MS) return
    last = now
    io.err(`${task}: ${what}, ${Math.floor(done * 100)} %`)
  }
}
