/** What Node itself unpacks of a Parquet file, beside the snappy that its reader knows. */

import zlib from 'node:zlib'
import type { Compressors } from './parquet.ts'

/** Of Node 22.15 and newer. */
const { zstdDecompressSync: zstd } = zlib as { readonly zstdDecompressSync?: typeof zlib.gunzipSync }

/** A page says how long it is unpacked: what claims to be more is damaged, or a bomb. */
const within =
  (unpack: typeof zlib.gunzipSync) =>
  (page: Uint8Array, length: number): Uint8Array =>
    unpack(page, { maxOutputLength: Math.max(1, length) })

export const compressors: Compressors = {
  GZIP: within(zlib.gunzipSync),
  BROTLI: (page, length) => zlib.brotliDecompressSync(page, { maxOutputLength: Math.max(1, length) }),
  ...(zstd ? { ZSTD: within(zstd) } : {}),
}
