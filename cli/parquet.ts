/** Parquet to a table, by hyparquet: flat or nested. */

import { type CompressionCodec, type FileMetaData, parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet'
import { fault } from '../core/parse.ts'
import type { Cell, Table } from '../trainer/table.ts'
import { headerOf, isWanted, type Wanted } from './header.ts'
import { collectRows, type Fields, plainCell } from './nested.ts'

/** By the name of a codec: a page, and how long it is unpacked. */
export type Compressors = { readonly [Codec in CompressionCodec]?: (page: Uint8Array, length: number) => Uint8Array }

/** Whatever is no plain value becomes a text that is no number. */
const cellOf = (value: unknown): Cell => {
  const cell = plainCell(value)
  return cell === undefined ? `(${typeof value})` : cell
}

type Tree = ReturnType<typeof parquetSchema>

const leavesOf = ({ children, path }: Tree): string[] =>
  children.length ? children.flatMap(leavesOf) : [path.join(SEPARATOR)]

/** Between the parts of a path: no name holds it. */
const SEPARATOR = '\u0000'

/** What the file says is in it. Its reader leaves columns half read where it stumbles upon one that the schema has not. */
const contentsOf = (file: ArrayBuffer, path: string): { readonly metadata: FileMetaData; readonly schema: Tree } => {
  try {
    const metadata = parquetMetadata(file)
    const schema = parquetSchema(metadata)
    const leaves = new Set(leavesOf(schema))
    const paths = metadata.row_groups.flatMap(({ columns }) => columns.map(it => it.meta_data?.path_in_schema))
    if (paths.every(it => it && leaves.has(it.join(SEPARATOR)))) return { metadata, schema }
  } catch {
    // Told below, whatever it stumbled upon.
  }
  return fault(path, 'not a whole Parquet file', 'Write it again: it may be cut short')
}

/** The columns at the top that hold what is wanted: `ecommerce` for `ecommerce.purchase_revenue`. */
const topsFor = (wanted: Wanted, tops: readonly string[]): string[] =>
  tops.filter(top => isWanted(wanted, top) || (wanted as readonly string[]).some(name => name.startsWith(`${top}.`)))

const readRows = async (options: Parameters<typeof parquetReadObjects>[0], path: string): Promise<Fields[]> => {
  try {
    return await parquetReadObjects(options)
  } catch (error) {
    const said = (error as Error).message.slice(0, 80)
    return fault(path, `cannot be read (${said})`, 'Write it again with snappy compression or none')
  }
}

/**
 * @param wanted the columns to keep
 * @param compressors beside snappy, where the machine has any
 * @throws ParseError where the file is damaged, or compressed in a way that is not read
 */
export const parseParquet = async (
  bytes: Uint8Array,
  wanted: Wanted,
  path: string,
  compressors: Compressors = {},
): Promise<Table> => {
  const file = new Uint8Array(bytes).buffer
  const { metadata, schema } = contentsOf(file, path)
  const { children } = schema
  const tops = headerOf(
    children.map(child => String(child.element.name ?? '')),
    path,
  )
  if (!Number(metadata.num_rows)) return fault(path, 'no rows', 'Give at least one row')
  const columns = topsFor(wanted, tops)
  if (!columns.length) return { place: path, names: tops, rows: Number(metadata.num_rows), columns: new Map() }
  const rows = await readRows({ file, metadata, columns, compressors }, path)
  if (BigInt(rows.length) !== metadata.num_rows)
    fault(path, `${rows.length} rows where it names ${metadata.num_rows}`, 'Write it again: it may be damaged')
  const flat = children.filter(child => !child.children.length).map(child => child.element.name)
  if (flat.length === children.length)
    return {
      place: path,
      names: tops,
      rows: rows.length,
      columns: new Map(columns.map(name => [name, rows.map(row => cellOf(row[name]))])),
    }
  const collected = collectRows(wanted, flat)
  for (const row of rows) collected.add(row, path)
  // Of nested columns that were not read, what is in them is not known.
  const names = [...new Set([...collected.names(), ...tops.filter(top => !columns.includes(top))])]
  return { place: path, names: headerOf(names, path), rows: rows.length, columns: collected.columns() }
}
