import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const nameIn = (folder: string): string | undefined => {
  const file = join(folder, 'package.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).name : undefined
}

/** The folder of the package, which stands above this file however deep a build puts it. */
export const packageRoot = (): string => {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder))
    if (nameIn(folder) === 'nearside') return folder
  return '.'
}
