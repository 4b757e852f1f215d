/** Parquet to a table, by hyparquet: plain and snappy-compressed files. */

import { type FileMetaData, parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet'
import { fault } from '../core/parse.ts'
import type { Cell, Table } from '../trainer/table.ts'
import { headerOf, isWanted, type Wanted } from './header.ts'

/** Numbers, and big integers as numbers; instants as ISO texts; whatever else there is, as a text that is none. */
const cellOf = (value: unknown): Cell => {
  if (value === null || value === undefined) return null
  if (typeof value === 'number' || typeof value === 'string') return value
  if (value instanceof Date) return value.toISOString()
  return typeof value === 'bigint' ? Number(value) : `(${typeof value})`
}

const metadataOf = (buffer: ArrayBuffer, path: string): FileMetaData => {
  try {
    return parquetMetadata(buffer)
  } catch {
    return fault(path, 'not a whole Parquet file', 'Write it again: it may be cut short')
  }
}

/**
 * @param wanted the columns to keep
 * @throws ParseError where the file is damaged, or compressed in a way that is not read
 */
export const parseParquet = async (bytes: Uint8Array, wanted: Wanted, path: string): Promise<Table> => {
  const file = new Uint8Array(bytes).buffer
  const metadata = metadataOf(file, path)
  const names = headerOf(
    parquetSchema(metadata).children.map(child => child.element.name),
    path,
  )
  const columns = names.filter(name => isWanted(wanted, name))
  const rows = Number(metadata.num_rows)
  if (!rows) return fault(path, 'no rows', 'Give at least one row')
  if (!columns.length) return { place: path, names, rows, columns: new Map() }
  try {
    const objects = await parquetReadObjects({ file, metadata, columns })
    return {
      place: path,
      names,
      rows,
      columns: new Map(columns.map(name => [name, objects.map(row => cellOf(row[name]))])),
    }
  } catch (error) {
    return fault(
      path,
      `cannot be read (${(error as Error).message.slice(0, 80)})`,
      'Write it again with snappy compression or none',
    )
  }
}
