/** Reads a short text body, and never more of a long one than it takes to know that it is. */

const PLAIN = /^text\/plain\s*(;\s*charset="?utf-8"?\s*)?$/i

/** text/plain in UTF-8, not compressed. */
export const isPlain = (headers: Headers): boolean =>
  PLAIN.test(headers.get('Content-Type') ?? '') && /^(identity)?$/i.test(headers.get('Content-Encoding') ?? '')

/** @returns undefined where there are more than `most` bytes */
export const readBody = async (
  request: { raw: Request; text(): Promise<string> },
  most: number,
): Promise<string | undefined> => {
  const length = request.raw.headers.get('Content-Length')
  // HTTP holds the sender to the length it names, and reading at once is the faster way.
  if (length !== null) return Number(length) <= most ? request.text() : undefined
  const bytes = new Uint8Array(most)
  let read = 0
  const reader = request.raw.body?.getReader()
  for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
    if (read + part.value.length > most) {
      await reader?.cancel()
      return undefined
    }
    bytes.set(part.value, read)
    read += part.value.length
  }
  return new TextDecoder().decode(bytes.subarray(0, read))
}
