// The real data sets stand outside the repository; a test that needs them says so when they are not there.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'vitest'

const directory = process.env.NEARSIDE_DATA ?? join(import.meta.dirname, '../../../shared/data')

// Corrupted copies of both circulate.
const md5: Record<string, string> = {
  'online_shoppers_intention.csv': '5a61ce02df891a4013b2ba90d52cd4e6',
  'online_retail_541909.parquet': 'be401a8bc6e52cdb3f5bedc82bbc5f31',
}

/** The path of a data file, or undefined when it is not here. Throws when it is here but not the file that is meant. */
export const dataFile = (name: string): string | undefined => {
  const path = join(directory, name)
  if (!existsSync(path)) return undefined
  const digest = createHash('md5').update(readFileSync(path)).digest('hex')
  const expected = md5[name]
  if (expected && digest !== expected) throw new Error(`${name} has md5 ${digest}, not ${expected}: fetch a good copy.`)
  return path
}

/** A `describe` whose body gets the paths of the data files it names; one skipped test and a printed line without them. */
export const describeWithData = <Name extends string>(
  title: string,
  names: readonly Name[],
  body: (paths: Record<Name, string>) => void,
): void => {
  const found = names.map(name => [name, dataFile(name)] as const)
  const missing = found.filter(([, path]) => path === undefined).map(([name]) => name)
  if (missing.length === 0) {
    describe(title, () => body(Object.fromEntries(found) as Record<Name, string>))
    return
  }
  const line = `${title}: skipped, ${missing.join(', ')} not found (NEARSIDE_DATA names the folder)`
  console.log(line)
  describe(title, () => it.skip(line, () => {}))
}
