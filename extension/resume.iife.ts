/** Ends a pause that the extension began, and no other: registered for those sites once the pause for all is over. */

import { ping, writeDecision } from './site/key.ts'
import { readStanding } from './site/remains.ts'
import { tell } from './visit/tell.ts'

const resume = async (): Promise<void> => {
  const seen = readStanding(false)
  const mine = seen && (await tell({ tell: 'may-resume', seq: seen.seq }))
  const before = readStanding(false)
  if (mine !== true || before?.seq !== seen?.seq || !before?.paused) return
  const { paused: _, ...rest } = before
  const seq = before.seq + 1
  writeDecision({ ...rest, seq, means: 'extension' })
  ping(seq)
  await tell({ tell: 'resumed', seq })
}

void resume().catch(() => {})
