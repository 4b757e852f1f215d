/** WebCrypto behind the Cipher port. Always awaited outside transactions, which would close meanwhile. */

import type { Cipher, Keyring } from '../core/ports.ts'

const IV_BYTES = 12
const KEY_BYTES = 32

/**
 * What the keys are made from. As a Blob it is a file of its own in the browser's profile, gone with the database; a `CryptoKey`
 * lies among the records, where Chromium leaves it after deleting. The first version wrote those, and they are still read.
 */
export interface Secret {
  readonly seal: Blob | CryptoKey
  /** Pseudonyms are made with it. */
  readonly mac: Blob | CryptoKey
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

const isFile = (kept: Blob | CryptoKey): kept is Blob => 'arrayBuffer' in kept

const drawn = (): Blob => new Blob([crypto.getRandomValues(new Uint8Array(KEY_BYTES))])

/** A key that no script can read out, this one included. */
const keyOf = async (
  kept: Blob | CryptoKey,
  algorithm: string | HmacImportParams,
  uses: KeyUsage[],
): Promise<CryptoKey> =>
  isFile(kept) ? crypto.subtle.importKey('raw', await kept.arrayBuffer(), algorithm, false, uses) : kept

export const keyring: Keyring<Secret> = {
  renew: before => ({
    seal: drawn(),
    // What the first version wrote is kept for the rest of its epoch, in which pseudonyms must not change.
    mac: before && isFile(before.seal) === isFile(before.mac) ? before.mac : drawn(),
  }),

  open: async secret => {
    if (!secret) throw new Error('no key is kept')
    const [seal, mac] = await Promise.all([
      keyOf(secret.seal, 'AES-GCM', ['encrypt', 'decrypt']),
      keyOf(secret.mac, { name: 'HMAC', hash: 'SHA-256' }, ['sign']),
    ])
    return createCipher(seal, mac)
  },
}

const createCipher = (seal: CryptoKey, mac: CryptoKey): Cipher => ({
  seal: async (label, text) => {
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES))
    const data = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv, additionalData: bytesOf(label) },
      seal,
      bytesOf(text),
    )
    const sealed = new Uint8Array(IV_BYTES + data.byteLength)
    sealed.set(iv)
    sealed.set(new Uint8Array(data), IV_BYTES)
    return sealed
  },

  open: async (label, sealed) => {
    const iv = sealed.subarray(0, IV_BYTES)
    const data = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv, additionalData: bytesOf(label) },
      seal,
      sealed.subarray(IV_BYTES),
    )
    return new TextDecoder().decode(data)
  },

  mac: async text => new Uint8Array(await crypto.subtle.sign('HMAC', mac, bytesOf(text))),

  digest: async text => new Uint8Array(await crypto.subtle.digest('SHA-256', bytesOf(text))),
})
