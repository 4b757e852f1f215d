// A browser's profile on disk, as somebody finds it who has the machine: every file, and what of ours is in it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Half of a pattern is enough: databases cut long values at the borders of their blocks. */
const HALF = 16

const contentsOf = (path: string): Buffer => {
  try {
    return readFileSync(path)
  } catch {
    // The browser deletes files while they are read.
    return Buffer.alloc(0)
  }
}

const filesIn = (profile: string): { name: string; bytes: Buffer }[] =>
  readdirSync(profile, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .map(path => ({ name: path.slice(profile.length + 1), bytes: contentsOf(path) }))

const holds = (bytes: Buffer, pattern: Buffer): boolean =>
  bytes.includes(pattern.subarray(0, HALF)) || bytes.includes(pattern.subarray(-HALF))

/** How many of the patterns, of 32 bytes or more each, are in any file of the profile. */
export const foundIn = (profile: string, patterns: readonly Buffer[]): number => {
  const files = filesIn(profile)
  return patterns.filter(pattern => files.some(({ bytes }) => holds(bytes, pattern))).length
}
