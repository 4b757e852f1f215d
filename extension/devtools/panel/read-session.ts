/** A recorded session out of a file: read beside the panel, and handed over a piece at a time. */

import type { RecordedSession } from '../../../core/protocol/devtools.ts'
import url from './read-session.entry.ts?worker&url'
import { createJoin, type Piece } from './session-pieces.ts'

interface Policy {
  createScriptURL(url: string): string
}
interface Factory {
  createPolicy(name: string, rules: Policy): Policy
}

let policy: Policy | undefined

/** A page that is as strict as its shop takes a worker's address only from a policy that it names. */
const trusted = (address: string): string => {
  const { trustedTypes } = window as { trustedTypes?: Factory }
  policy ??= trustedTypes?.createPolicy('nearside', { createScriptURL: it => it })
  return policy?.createScriptURL(address) ?? address
}

/** @param name what faults call the file @throws Error where it is no session, and why */
export const readSession = async (file: Blob, name: string): Promise<RecordedSession> => {
  const worker = new Worker(trusted(url), { type: 'module' })
  const join = createJoin()
  try {
    return await new Promise((resolve, reject) => {
      worker.onerror = () => reject(new Error(`${name}: what reads it could not start. Open the panel anew.`))
      worker.onmessage = ({ data }: MessageEvent<Piece>) => {
        try {
          const session = join(data)
          if (session) resolve(session)
        } catch (error) {
          reject(error)
        }
      }
      worker.postMessage({ file, name })
    })
  } finally {
    worker.terminate()
  }
}
