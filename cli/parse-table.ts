/** The bytes of a data file as a table, by its content rather than its name. */

import { fault } from '../core/parse.ts'
import type { Table } from '../trainer/table.ts'
import { parseCsv } from './csv.ts'
import { decode } from './decode.ts'
import type { Wanted } from './header.ts'
import { parseJsonLines } from './json-lines.ts'
import { type Compressors, parseParquet } from './parquet.ts'

/** The first four bytes of every Parquet file. */
const PARQUET = 'PAR1'

/** Nothing but an object starts so; a header line never does. */
const JSON_LINES = /^\s*\{/

/** A list of objects, as programs answer: its lines say nothing alone. */
const JSON_LIST = /^\s*\[\s*[{\]]/

const parseText = (text: string, wanted: Wanted, path: string): Table => {
  if (JSON_LIST.test(text)) fault(path, 'a list in JSON', "Give one object a line: jq -c '.[]' list.json > lines.jsonl")
  return (JSON_LINES.test(text) ? parseJsonLines : parseCsv)(text, wanted, path)
}

/**
 * @param wanted the columns to keep
 * @param compressors of Parquet, beside snappy
 * @throws ParseError where the file is broken
 */
export const parseTable = async (
  bytes: Uint8Array,
  wanted: Wanted,
  path: string,
  compressors: Compressors = {},
): Promise<Table> =>
  String.fromCharCode(...bytes.subarray(0, 4)) === PARQUET
    ? parseParquet(bytes, wanted, path, compressors)
    : parseText(decode(bytes, path), wanted, path)
