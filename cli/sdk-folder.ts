/** Where the files are that a site serves, and what they hash to. */

import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fault } from '../core/parse.ts'
import { readBytes } from './files.ts'
import { packageRoot } from './package-root.ts'

/** The first that holds the file: what was named, or else the places where it may be expected. */
const firstOf = (given: string | undefined, places: readonly string[], file: string): string => {
  const found = (given === undefined ? places : [given]).find(place => existsSync(join(place, file)))
  return found ?? fault(given ?? file, `${file} is not there`, 'Install @nearside/sdk, or name its folder with --sdk')
}

/** Beside the site, or with this command. @throws ParseError where it is in neither */
export const sdkFolder = (given: string | undefined): string =>
  firstOf(given, ['node_modules/@nearside/sdk/dist', join(packageRoot(), 'dist/sdk')], 'nearside.js')

export const starterModel = (sdk: string): string =>
  join(
    firstOf(undefined, [join(sdk, '../starter'), join(packageRoot(), 'sdk/starter')], 'starter.json'),
    'starter.json',
  )

/** As `integrity` has it. */
export const integrityOf = (path: string): string =>
  `sha384-${createHash('sha384').update(readBytes(path)).digest('base64')}`
