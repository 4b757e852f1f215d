/** Which visitors are kept from personalisation, so that the site can tell what it is worth: drawn on the device, by its own key. */

import type { Cipher } from './ports.ts'
import type { Arm } from './report.ts'

const TWO_32 = 4294967296

/**
 * The same device is always in the same arm of a share, and stays in the control group when it grows.
 * @param share of all devices, 0 to 1
 */
export const drawArm = async (cipher: Pick<Cipher, 'mac'>, site: string, share: number): Promise<Arm> => {
  const [a = 0, b = 0, c = 0, d = 0] = await cipher.mac(['arm', site].join('|'))
  return (a * 16777216 + b * 65536 + c * 256 + d) / TWO_32 < share ? 'control' : 'treated'
}
