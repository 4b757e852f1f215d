import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const read = (folder: string): { name?: string; version?: string } => {
  const file = join(folder, 'package.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}

/** The folder of the package, which stands above this file however deep a build puts it. */
export const packageRoot = (): string => {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder))
    if (read(folder).name === 'nearside') return folder
  return '.'
}

/** The version in the package's own package.json. */
export const version = (): string => read(packageRoot()).version ?? 'unknown'
