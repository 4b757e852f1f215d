/** Listens in on a function of the page's, and gives it back. */

type Method = (...given: never[]) => unknown

/**
 * Has `hear` called with what `name` of `target` is called with, after it; until `signal` aborts. Somebody may have wrapped ours in
 * theirs by then: it stays within, and only passes on.
 */
export const listenIn = <T extends object>(
  target: T,
  name: keyof T & string,
  hear: (given: unknown[]) => void,
  signal: AbortSignal,
): void => {
  const isOwn = Object.hasOwn(target, name)
  const before = target[name] as Method
  const ours = function (this: unknown, ...given: never[]): unknown {
    const answer = Reflect.apply(before, this, given)
    if (!signal.aborted) hear(given)
    return answer
  }
  target[name] = ours as T[typeof name]
  signal.addEventListener('abort', () => {
    if (target[name] !== ours) return
    if (isOwn) target[name] = before as T[typeof name]
    else delete target[name]
  })
}
