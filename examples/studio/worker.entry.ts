/** The worker of Segment Studio: learns, says how far it is, and can be ended at any time. */

import { ParseError } from '../../core/parse.ts'
import { learn, look } from './learn.ts'
import type { FromWorker, ToWorker } from './protocol.ts'

const say = (message: FromWorker): void => postMessage(message)

const answer = async (message: ToWorker): Promise<FromWorker> => {
  if (message.type === 'look') return { type: 'looked', looked: await look(message.files, Date.now()) }
  const learned = await learn(message.files, message.recipe, (done, what) => say({ type: 'progress', done, what }))
  return { type: 'learned', learned }
}

addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  answer(data)
    .catch((error: unknown): FromWorker => {
      const message = error instanceof ParseError ? error.message : `It went wrong: ${(error as Error).message}`
      return { type: 'fault', message }
    })
    .then(say)
})
