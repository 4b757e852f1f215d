/**
 * Nearside's own worker, with a clock in front: from the moment it hears a call to the moment it answers. Nothing of it is changed;
 * what it hears and says passes by here first.
 */

/** Where the worker says how long each call took, as `{ verb, ms }`. */
export const TIMES = 'bench-times'

const CLOCK = `{
  const told = new BroadcastChannel('${TIMES}')
  const begun = new Map()
  const say = self.postMessage.bind(self)
  addEventListener('message', ({ data }) => {
    const verb = data?.path?.[0]
    if (verb) begun.set(data.id, { verb: verb === 'ask' ? data.argumentList[0].value : verb, at: performance.now() })
  })
  self.postMessage = (message, ...rest) => {
    const call = begun.get(message?.id)
    say(message, ...rest)
    if (!call) return
    begun.delete(message.id)
    told.postMessage({ verb: call.verb, ms: performance.now() - call.at })
  }
}
`

export const timed = (worker: string): string => CLOCK + worker
