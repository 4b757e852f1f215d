/** Who made a file: ECDSA on P-256 with SHA-256, over the canonical text of a document without its own `signature`. */

import { canonical } from './canonical.ts'
import { fault, text } from './parse.ts'

/** 64 bytes (r and s, IEEE P1363), base64url. */
export const parseSignature = text(86, /^[\w-]{86}$/, 'a signature in base64url')
/** The uncompressed point of a public key, 65 bytes, base64url. */
export const parsePublicKey = text(87, /^B[\w-]{86}$/, 'a public key')

/** The world's part of it. `key` and `signature` in base64url, `text` in UTF-8. */
export type Verify = (key: string, text: string, signature: string) => Promise<boolean>

const isDocument = (value: unknown): value is { readonly signature?: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What is signed of a document. @throws ParseError where it is none */
export const signedText = (document: unknown, place = 'document'): string => {
  if (!isDocument(document)) return fault(place, 'not an object', 'Expected a JSON document with named fields')
  const { signature: _, ...rest } = document
  return canonical(rest, place)
}

/** Says who signed a document, or why nobody can have. @throws ParseError that names the mend */
export const checkSignature = async (document: unknown, key: string, verify: Verify, place: string): Promise<void> => {
  const signed = signedText(document, place)
  const { signature } = document as { readonly signature?: unknown }
  if (signature === undefined) fault(place, 'not signed, though the config names a key', 'Sign it with nearside sign')
  if (!(await verify(key, signed, parseSignature(signature, `${place}.signature`))))
    fault(
      `${place}.signature`,
      'not by the key that the config names',
      'Sign this very file, or restore the one that was',
    )
}
