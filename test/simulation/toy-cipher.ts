// A cipher for the simulation: as fast as copying, the same everywhere, and still one that notices a flipped byte, another key
// and another label. It hides nothing.
import type { Cipher, Keyring } from '../../core/ports.ts'

const PRIME = 0x01000193
const HEAD_BYTES = 8

const hashText = (text: string, from: number): number => {
  let hash = from | 0
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), PRIME)
  return hash
}

const hashBytes = (bytes: Uint8Array, from: number): number => {
  let hash = from | 0
  for (let i = HEAD_BYTES; i < bytes.length; i++) hash = Math.imul(hash ^ (bytes[i] as number), PRIME)
  return hash
}

/** 32 bytes out of 32 bits: enough to tell what a simulation holds apart. */
const spread = (hash: number): Uint8Array => {
  const bytes = new Uint8Array(32)
  let state = hash
  for (let i = 0; i < bytes.length; i++) {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5
    bytes[i] = state >>> 24
  }
  return bytes
}

/** What any test may look into. @throws where the bytes were altered, or sealed under another key or label */
export const openSealed = (key: number, label: string, sealed: Uint8Array): string => {
  const view = new DataView(sealed.buffer, sealed.byteOffset, sealed.byteLength)
  if (view.getInt32(0) !== key || view.getInt32(4) !== hashBytes(sealed, hashText(label, key)))
    throw new Error('altered, or sealed under another key')
  return Buffer.from(sealed.buffer, sealed.byteOffset + HEAD_BYTES, sealed.byteLength - HEAD_BYTES).toString('utf8')
}

export const toyDigest = async (text: string): Promise<Uint8Array> => spread(hashText(text, 0x811c9dc5))

export const toyHash = async (bytes: Uint8Array): Promise<Uint8Array> =>
  spread(hashText(Buffer.from(bytes).toString('latin1'), 0x811c9dc5))

/** Whoever has the public key can sign, here. */
export const toySignature = async (key: string, text: string): Promise<string> =>
  Buffer.concat([1, 2].map(n => spread(hashText(text, hashText(key, n))))).toString('base64url')

export const toyVerify = async (key: string, text: string, signature: string): Promise<boolean> =>
  signature === (await toySignature(key, text))

/** What the keys are, for all they keep out. */
export interface ToySecret {
  readonly seal: number
  readonly mac: number
}

const createToyCipher = ({ seal, mac }: ToySecret): Cipher => ({
  seal: async (label, text) => {
    const sealed = new Uint8Array(HEAD_BYTES + Buffer.byteLength(text))
    Buffer.from(sealed.buffer).write(text, HEAD_BYTES)
    const view = new DataView(sealed.buffer)
    view.setInt32(0, seal)
    view.setInt32(4, hashBytes(sealed, hashText(label, seal)))
    return sealed
  },
  open: async (label, sealed) => openSealed(seal, label, sealed),
  mac: async text => spread(hashText(text, Math.imul(mac, PRIME))),
  digest: toyDigest,
})

/** @param draw a fresh 32-bit key */
export const toyKeyring = (draw: () => number): Keyring<ToySecret> => ({
  renew: before => ({ seal: draw(), mac: before?.mac ?? draw() }),
  open: async secret => {
    if (!secret) throw new Error('no key is kept')
    return createToyCipher(secret)
  },
})
