/** A promise that may never settle, because a page can hold a lock, a database or the processor for ever. */

export class TooLate extends Error {
  override readonly name = 'TooLate'
}

/** @throws TooLate after `ms` */
export const within = <T>(ms: number, promise: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TooLate(`no answer in ${ms} ms`)), ms)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })

export const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))
