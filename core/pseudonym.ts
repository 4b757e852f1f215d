/** An id that lives one epoch for one segmentation. Two segmentations, or two weeks, do not join. */

import { base64url } from './encoding.ts'
import type { Epoch } from './epoch.ts'
import type { Cipher } from './ports.ts'

/** 16 bytes, base64url: 22 characters. */
export type Pseudonym = string & { readonly __brand: 'Pseudonym' }
export const PSEUDONYM = /^[A-Za-z0-9_-]{21}[AQgw]$/
const PSEUDONYM_BYTES = 16

/** A MAC under the device's own key over site, segmentation and epoch. */
export const derivePseudonym = async (
  cipher: Pick<Cipher, 'mac'>,
  site: string,
  segmentation: string,
  epoch: Epoch,
): Promise<Pseudonym> => {
  const mac = await cipher.mac(['pseudonym', site, segmentation, epoch].join('|'))
  return base64url(mac.subarray(0, PSEUDONYM_BYTES)) as Pseudonym
}
