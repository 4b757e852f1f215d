/** The visitor's own copy of the consent that holds: made here, of what the site keeps and of the config it asked with. */

import type { AccessDocument } from '../../core/access.ts'
import type { Config } from '../../core/config.ts'
import { dpvReceipt, kantaraReceipt, recordOf } from '../../core/receipt.ts'
import { download, fileName } from '../../view/download.ts'
import type { Voice } from '../voice.ts'

/** @param form one of the published ones, see `view/panels/copies.ts` @returns whether there was anything to give a receipt for */
export const downloadReceipt = (
  form: string | undefined,
  access: AccessDocument | null,
  config: Config | null,
  origin: string,
  { words }: Voice,
): boolean => {
  const record = access && recordOf(access)
  if (!record || !config) return false
  const kantara = form === 'kantara'
  const receipt = (kantara ? kantaraReceipt : dpvReceipt)(config, record, origin, words)
  const name = fileName(new URL(origin).host, `receipt-${record.day}.${kantara ? 'json' : 'jsonld'}`)
  download(window, name, 'application/json', JSON.stringify(receipt, null, 2))
  return true
}
