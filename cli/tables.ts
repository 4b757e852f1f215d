/** Columns of text in a terminal. */

/** As wide as their widest cell; the first to the left, the rest to the right. */
export const textTable = (rows: readonly (readonly string[])[]): string[] => {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0))) ?? []
  const pad = (cell: string, i: number): string => (i ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0))
  return rows.map(row => `  ${row.map(pad).join('  ')}`.trimEnd())
}

export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
