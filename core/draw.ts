/** What a device draws for itself, once for all: by its own key, so that nobody else can tell, and the same each time it is asked. */

import type { Cipher } from './ports.ts'

const TWO_32 = 4294967296

/** Uniform over [0, 1), in steps of 2^-32. @param what is drawn: another text is another draw */
export const draw = async (cipher: Pick<Cipher, 'mac'>, ...what: readonly string[]): Promise<number> => {
  const [a = 0, b = 0, c = 0, d = 0] = await cipher.mac(what.join('|'))
  return (a * 16777216 + b * 65536 + c * 256 + d) / TWO_32
}
