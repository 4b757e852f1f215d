/** The bytes of a data file as a table, by its content rather than its name. */

import type { Table } from '../trainer/table.ts'
import { parseCsv } from './csv.ts'
import { decode } from './decode.ts'
import type { Wanted } from './header.ts'
import { parseJsonLines } from './json-lines.ts'
import { parseParquet } from './parquet.ts'

/** The first four bytes of every Parquet file. */
const PARQUET = 'PAR1'

/** Nothing but an object starts so; a header line never does. */
const JSON_LINES = /^\s*\{/

const parseText = (text: string, wanted: Wanted, path: string): Table =>
  (JSON_LINES.test(text) ? parseJsonLines : parseCsv)(text, wanted, path)

/**
 * @param wanted the columns to keep
 * @throws ParseError where the file is broken
 */
export const parseTable = async (bytes: Uint8Array, wanted: Wanted, path: string): Promise<Table> =>
  String.fromCharCode(...bytes.subarray(0, 4)) === PARQUET
    ? parseParquet(bytes, wanted, path)
    : parseText(decode(bytes, path), wanted, path)
