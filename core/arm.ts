/** Which visitors are kept from personalisation, so that the site can tell what it is worth: drawn on the device, by its own key. */

import { draw } from './draw.ts'
import type { Cipher } from './ports.ts'
import type { Arm } from './report.ts'

/**
 * The same device is always in the same arm of a share, and stays in the control group when it grows.
 * @param share of all devices, 0 to 1
 */
export const drawArm = async (cipher: Pick<Cipher, 'mac'>, site: string, share: number): Promise<Arm> =>
  (await draw(cipher, 'arm', site)) < share ? 'control' : 'treated'
