/** Why the gate would not have these fields, in a word that holds nothing of them. Loaded when something was refused as invalid. */

import { reasonAgainst } from '../core/personal-data.ts'
import type { Reason } from './api.ts'
import type { Fields } from './capture.ts'

export const explain = (fields: Fields = {}): Reason => {
  for (const each of Object.values(fields)) {
    const reason = typeof each === 'string' && (reasonAgainst(each) ?? (each.trim().length > 32 && 'too-long'))
    if (reason) return reason
  }
  return 'invalid'
}
