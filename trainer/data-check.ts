/** The data check: what cleaning found in a file, so that whoever trains knows what was trained on. */

import { transform } from '../core/feature.ts'
import { UNSTATED } from '../core/lint/model.ts'
import type { Clean, LeftOut } from './clean.ts'
import { type ColumnCheck, checkColumn } from './column-check.ts'
import type { PersonalColumn } from './personal-columns.ts'
import { columnsRead, filesOf, leftAsPersonal } from './personal-terms.ts'
import { columnsOfEach, type Recipe } from './recipe.ts'
import { repeatsIn } from './repeats.ts'
import { type Table, textIn } from './table.ts'

/** A warning is a fault in the data; a note is what the recipe wanted, or what one should know. */
export interface Finding {
  readonly level: 'warning' | 'note'
  readonly what: string
  /** Rows or lines. */
  readonly rows: number
}

export interface DataCheck {
  /** The columns that were read. */
  readonly columns: readonly ColumnCheck[]
  /** Columns that look personal, and were not read. */
  readonly personal: readonly PersonalColumn[]
  readonly findings: readonly Finding[]
}

/** Left out on purpose, or what a visitor without history is. */
const WANTED: readonly string[] = [
  'outside only',
  'nothing seen',
  'excluded',
  'no signal left',
  'nothing in the window',
]
/** What becomes of lines when all is well. */
const WELL = /^(used|cancelled|cancellation taken|later than asOf|of another kind|excluded|repeats a line)/

const told = ({ reason, column }: Pick<LeftOut, 'reason' | 'column'>): string =>
  column ? `${reason} in ${column}` : reason

const fromCleaning = (recipe: Recipe, { left, lines }: Clean): Finding[] => {
  const leaves = [recipe.leave, recipe.signals?.leave ?? [], ...recipe.further.map(it => it.leave)]
  const reasons = leaves.flat().map(({ reason }) => reason)
  const level = (what: string, well: boolean): Finding['level'] => (well || reasons.includes(what) ? 'note' : 'warning')
  return [
    ...left.map(it => ({ level: level(it.reason, WANTED.includes(it.reason)), what: told(it), rows: it.rows })),
    ...(lines?.fates ?? [])
      .filter(({ fate }) => fate !== 'used')
      .map(({ fate, file, lines: rows }) => {
        return { level: level(fate, WELL.test(fate)), what: file ? `${fate} (${file})` : fate, rows }
      }),
  ]
}

/** Tukey's outer fences: so far from the middle half that a row is of another kind. */
const FENCE = 3

/** Rows far from all others in a feature, by the numbers that are clustered. */
const outliersIn = (recipe: Recipe, { rows }: Clean): Finding[] =>
  recipe.bound.flatMap((spec, i): Finding[] => {
    const values = rows.map(({ raws }) => transform(spec, raws[i] as number))
    const sorted = Float64Array.from(values).sort()
    const [low = 0, high = 0] = [0.25, 0.75].map(share => sorted[Math.floor(share * (sorted.length - 1))])
    const reach = FENCE * (high - low)
    const far = reach > 0 ? values.filter(x => x < low - reach || x > high + reach).length : 0
    const level = recipe.scale === 'robust' ? 'note' : 'warning'
    return far ? [{ level, what: `far from all others in ${spec.name}`, rows: far }] : []
  })

/** Rows of a vector may well be equal; lines of a log, or rows of one key, should not. */
const repeatedIn = (recipe: Recipe, table: Table): Finding[] => {
  if (recipe.duplicates === 'leave' || (!recipe.signals && !recipe.key)) return []
  const repeats = filesOf(table).flatMap((file, i) => {
    const names = recipe.signals ? columnsOfEach(recipe)[i] : [recipe.key as string]
    return [...repeatsIn(file, names ?? [])]
  })
  const rows = repeats.filter(Boolean).length
  const what = recipe.signals ? 'repeats a line in all columns that are read' : 'of a key seen before'
  return rows ? [{ level: 'warning', what, rows }] : []
}

const inColumns = (columns: readonly ColumnCheck[]): Finding[] =>
  columns.flatMap(({ column, formulas, different, orFormat, format, decimal }): Finding[] => [
    ...(decimal
      ? [{ level: 'warning', what: `fractions after a comma in ${column}: say "decimal": ","`, rows: 0 } as const]
      : []),
    ...(formulas ? [{ level: 'warning', what: `a formula in ${column}`, rows: formulas } as const] : []),
    ...(orFormat ? [{ level: 'note', what: `${column} may be ${format} or ${orFormat}`, rows: 0 } as const] : []),
    ...(different === 1 ? [{ level: 'note', what: `one value only in ${column}`, rows: 0 } as const] : []),
  ])

/** A draft that nobody has read to its end. */
const unstated = ({ dataset }: Recipe): Finding[] =>
  dataset.basis.startsWith(UNSTATED)
    ? [
        {
          level: 'warning',
          what: 'the recipe does not say on what ground the data may be used (dataset.basis)',
          rows: 0,
        },
      ]
    : []

/** People whom a list names and the data do not know: all is well, or they are written in another way. */
const notExcluded = ({ exclude }: Recipe, { left }: Clean): Finding[] =>
  exclude?.size && !left.some(it => it.reason === 'excluded')
    ? [{ level: 'note', what: `none of ${exclude.size} people to exclude is in the data`, rows: 0 }]
    : []

/** Files of signals of which none says anything of a person in another: they are beside each other and not joined. */
const apartIn = (recipe: Recipe, table: Table): Finding[] => {
  const files = columnsRead(recipe, table).filter(it => it.key)
  const keys = files.map(({ file, column }) => new Set((file.columns.get(column) ?? []).map(textIn).filter(Boolean)))
  return files.flatMap(({ file, column }, i): Finding[] => {
    const others = keys.filter((_, other) => other !== i)
    const shared = [...(keys[i] ?? [])].some(key => others.some(other => other.has(key)))
    return shared || !others.length
      ? []
      : [{ level: 'warning', what: `no ${column} of ${file.place} is in another file`, rows: file.rows }]
  })
}

/** @param cleaned what {@link clean} made of the table */
export const checkData = (recipe: Recipe, table: Table, cleaned: Clean): DataCheck => {
  const columns = columnsRead(recipe, table).flatMap(({ column, file }) => {
    const cells = file.columns.get(column)
    return cells ? [checkColumn(column, cells)] : []
  })
  const findings = [
    ...fromCleaning(recipe, cleaned),
    ...unstated(recipe),
    ...notExcluded(recipe, cleaned),
    ...apartIn(recipe, table),
    ...repeatedIn(recipe, table),
    ...outliersIn(recipe, cleaned),
    ...inColumns(columns),
  ]
  const byLevel = (level: Finding['level']): Finding[] => findings.filter(each => each.level === level)
  return { columns, personal: leftAsPersonal(recipe, table), findings: [...byLevel('warning'), ...byLevel('note')] }
}
