/**
 * Our loops over all points, compiled from the sources beside this file (`node scripts/kernel.mjs`). SIMD, but none of its relaxed
 * instructions: every engine computes the same bits.
 */

import { fault } from '../../core/parse.ts'
import compiled from './kernel.json' with { type: 'json' }

/** What `*.as` export; every argument is a number, addresses too. */
interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer; readonly grow: (pages: number) => number }
  readonly tile: Call
  readonly pass: Call
  readonly sum: Call
  readonly inertia: Call
  readonly nearer: Call
  readonly drawn: Call
  readonly towards: Call
  readonly within: Call
  readonly nearestTo: Call
  readonly repel: Call
}
type Call = (...numbers: number[]) => number

/** Of the language, not of a runtime; TypeScript counts it to the DOM. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: unknown }
}

/** One instance with a memory of its own, which goes when nobody holds it any more. */
export interface Kernel extends Omit<Exports, 'memory'> {
  /** The address of so many bytes, all zero. @throws Error where there is no more memory */
  readonly take: (bytes: number) => number
  /** Views: taking more memory makes them useless. */
  readonly f64: (at: number, length: number) => Float64Array
  readonly f32: (at: number, length: number) => Float32Array
  readonly i32: (at: number, length: number) => Int32Array
}

const PAGE = 65536
/** Addresses of vectors are kept even, for speed. */
const ALIGNED = 64

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

const bytesOf = (base64url: string): Uint8Array => {
  const bytes = new Uint8Array(Math.floor((base64url.length * 3) / 4))
  let [bits, have, at] = [0, 0, 0]
  for (const letter of base64url) {
    bits = ((bits << 6) | ALPHABET.indexOf(letter)) & 0xffff
    have += 6
    if (have >= 8) {
      have -= 8
      bytes[at++] = bits >> have
    }
  }
  return bytes
}

let compiledOnce: object | undefined

const compile = (): object => {
  try {
    return new WebAssembly.Module(bytesOf(compiled.wasm))
  } catch {
    const mend = "Take a newer browser, or allow 'wasm-unsafe-eval' in the page's policy"
    return fault('the trainer', 'WebAssembly with SIMD is not to be had here', mend)
  }
}

/** @throws ParseError where the browser forbids WebAssembly, or has no SIMD */
export const createKernel = (): Kernel => {
  compiledOnce ??= compile()
  const { memory, ...calls } = new WebAssembly.Instance(compiledOnce).exports as Exports
  let free = ALIGNED
  const take = (bytes: number): number => {
    const at = free
    free += Math.ceil(bytes / ALIGNED) * ALIGNED
    const missing = free - memory.buffer.byteLength
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE))
    return at
  }
  return {
    ...calls,
    take,
    f64: (at, length) => new Float64Array(memory.buffer, at, length),
    f32: (at, length) => new Float32Array(memory.buffer, at, length),
    i32: (at, length) => new Int32Array(memory.buffer, at, length),
  }
}
