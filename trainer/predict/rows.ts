/** What predictors learn from: columns of raw numbers, and whether it happened. */

export interface Rows {
  /** One for each feature, `n` raw numbers each. */
  readonly columns: readonly Float64Array[]
  /** 1 where it happened, else 0. */
  readonly yes: Uint8Array
}

export const pick = ({ columns, yes }: Rows, rows: readonly number[]): Rows => ({
  columns: columns.map(column => Float64Array.from(rows, row => column[row] as number)),
  yes: Uint8Array.from(rows, row => yes[row] as number),
})

/** A row as `scoreOf` of core takes it. */
export const rowAt = ({ columns }: Rows, row: number): number[] => columns.map(column => column[row] as number)

export const countYes = (yes: Uint8Array): number => yes.reduce((sum, each) => sum + each, 0)
