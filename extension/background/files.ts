/** The scripts that are registered for sites. A path from the root: Firefox takes any other as relative. */

import standard from '../default.iife.ts?script&iife'
import gpc from '../gpc.iife.ts?script&iife'
import presence from '../presence.iife.ts?script&iife'
import resume from '../resume.iife.ts?script&iife'
import tombstone from '../tombstone.iife.ts?script&iife'
import type { Files } from './scripts.ts'

export const FILES: Files = {
  presence: `/${presence}`,
  standard: `/${standard}`,
  tombstone: `/${tombstone}`,
  resume: `/${resume}`,
  gpc: `/${gpc}`,
}
