/** Merkle trees as Certificate Transparency makes them (RFC 6962, section 2.1). */

/** SHA-256 of bytes. */
export type Hash = (bytes: Uint8Array) => Promise<Uint8Array>

const LEAF = 0
const NODE = 1

const joined = (first: number, ...parts: readonly Uint8Array[]): Uint8Array => {
  const bytes = new Uint8Array(1 + parts.reduce((sum, it) => sum + it.length, 0))
  bytes[0] = first
  let at = 1
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}

export const leafHash = (hash: Hash, data: Uint8Array): Promise<Uint8Array> => hash(joined(LEAF, data))
const nodeHash = (hash: Hash, left: Uint8Array, right: Uint8Array): Promise<Uint8Array> =>
  hash(joined(NODE, left, right))

/** The largest power of two below `n`; `n` at least 2. */
const split = (n: number): number => {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

/** @param leaves their hashes; of none, the hash of nothing */
export const rootOf = async (hash: Hash, leaves: readonly Uint8Array[]): Promise<Uint8Array> => {
  const [only] = leaves
  if (!only) return hash(new Uint8Array())
  if (leaves.length === 1) return only
  const k = split(leaves.length)
  return nodeHash(hash, await rootOf(hash, leaves.slice(0, k)), await rootOf(hash, leaves.slice(k)))
}
