/** From what files are recognised as to the draft of a recipe, and to what whoever trains must know before it is one. */

import { DAY_MS } from '../core/epoch.ts'
import type { FeatureSpec } from '../core/feature.ts'
import { UNSTATED } from '../core/lint/model.ts'
import { instantReader } from './instant.ts'
import { meeting } from './meet.ts'
import { plainName } from './personal-columns.ts'
import { featuresFor, KNOWN_COLUMNS, PRESET_TEXTS, PRESETS, type Preset } from './presets.ts'
import { type Recognised, recognise } from './recognise.ts'
import type { Table } from './table.ts'

/** What a person says in the dialogue. */
export interface Wishes {
  readonly name: string
  readonly issued: string
  readonly expires: string
  readonly preset?: Preset
  readonly basis?: string
  readonly notice?: string
  readonly source?: string
  readonly licence?: string
  /** Bind columns that no device can observe, for study. */
  readonly offline?: boolean
  /** Features that were proposed and are not wanted. */
  readonly without?: readonly string[]
}

export interface Draft {
  /** A recipe's JSON; undefined where nothing in the files can be computed on a device. */
  readonly recipe?: object
  /** The names of the features in it. */
  readonly features?: readonly string[]
  /** A line each: what was recognised, proposed, refused, and what is still to be done. */
  readonly told: readonly string[]
}

const readers = new Map<string, (text: string) => number | undefined>()
const readInstant = (format: string, text: string): number => {
  const known = readers.get(format)
  const read = known ?? instantReader(format, 'format')
  if (!known) readers.set(format, read)
  return read(text) ?? 0
}

/** What the files are. @param until milliseconds since 1970: what lies later is a fault in them */
export const lookAt = (tables: readonly Table[], until?: number): readonly Recognised[] =>
  meeting(
    tables,
    tables.map(table => recognise(table, readInstant, until)),
  )

const kindsIn = (files: readonly Recognised[]) => [...new Set(files.flatMap(({ kinds }) => kinds))]

/** Presets that the files hold enough for. */
export const presetsFor = (files: readonly Recognised[]): Preset[] =>
  PRESETS.filter(
    preset =>
      featuresFor(
        preset,
        kindsIn(files),
        files.some(({ hasValue }) => hasValue),
      ).length,
  )

const dayAfter = (instant: number): string =>
  `${new Date((Math.floor(instant / DAY_MS) + 1) * DAY_MS).toISOString().slice(0, 19)}Z`

const segmentationOf = (preset: Preset | undefined, features: readonly string[]) => ({
  kind: 'centroids',
  id: preset ? PRESET_TEXTS[preset].id : 'group',
  label: preset ? PRESET_TEXTS[preset].label : 'What kind of customer this is',
  uses: ['content', 'ranking'],
  features,
  k: { from: 2, to: 8 },
})

const signalsPart = (files: readonly Recognised[], preset: Preset, features: readonly FeatureSpec[]) => {
  const asOf = preset === 'browsing' ? 'last' : dayAfter(Math.max(...files.map(({ last }) => last)))
  const sources = files.map(({ signals }) => {
    const { key, ...rest } = signals as NonNullable<Recognised['signals']>
    return { key, asOf, ...rest }
  })
  return {
    signals: sources.length > 1 ? sources : sources[0],
    features,
    segmentations: [
      segmentationOf(
        preset,
        features.map(({ name }) => name),
      ),
    ],
  }
}

interface Bound {
  readonly column: string
  readonly [what: string]: unknown
}

/** What a device looks back on, which no column says of itself. */
const spanOf = ({ window }: FeatureSpec): string =>
  window === 'session' ? 'within one visit' : `in the last ${window} days: does the column look back as far?`

/**
 * The columns of a table of figures that a device can compute as well, and of the others a line each.
 * @param names of columns and features that are taken; those that are bound join them
 */
const columnsPart = ({ columns, personal }: Recognised, offline: boolean, names: Set<string>) => {
  const bound: Bound[] = []
  const told: string[] = []
  for (const { column, type } of columns) {
    const plain = plainName(column)
    const known = KNOWN_COLUMNS.find(({ name }) => name.test(plain))
    if (names.has(column) || personal.some(it => it.column === column) || !type.endsWith('numbers')) continue
    if (known && !names.has(known.feature.name)) {
      names.add(known.feature.name)
      bound.push({ column, ...(known.times ? { times: known.times } : {}), feature: known.feature })
      told.push(
        `  ${column} becomes ${known.feature.name}: ${known.feature.aggregate} of ${known.feature.kind} ${spanOf(known.feature)}`,
      )
    } else if (offline) {
      bound.push({ column, offline: { name: `x_${plain}`.slice(0, 40) } })
      told.push(
        `  ${column} is bound offline: no device can compute it, so the model is for study and cannot be shipped`,
      )
    } else told.push(`  ${column} is left out: no device can compute it (--offline binds it for study)`)
  }
  const words = columns.filter(it => !it.type.endsWith('numbers') && !personal.some(each => each.column === it.column))
  if (words.length) told.push(`  not numbers, and not read: ${words.map(({ column }) => column).join(', ')}`)
  return { bound, told }
}

const tellFile = (table: Table, file: Recognised, keyOfFigures: string | undefined): string[] => {
  const { what, signals, columns, personal, notes } = file
  const key = signals?.key ?? keyOfFigures
  const missing = columns.filter(it => it.missing > 0.5 * table.rows && it.type !== 'nothing')
  return [
    `${table.place}: ${what}, ${table.rows} rows, ${table.names.length} columns`,
    ...personal.map(({ column, what: held, by }) =>
      column === key
        ? `  ${column} is whose a row is, and by its ${by} holds ${held}: nearside tokenize ${table.place} --column "${column}" --key key.bin --out tokens.csv, then draft again from that`
        : `  ${column} is refused: by its ${by} it holds ${held}`,
    ),
    ...missing.map(({ column, missing: n }) => `  ${column} is missing in ${n} rows`),
    ...columns.filter(it => it.decimal).map(({ column }) => `  in ${column}, a comma parts off fractions`),
    ...notes.map(note => `  ${note}`),
  ]
}

const basics = (wishes: Wishes, place: string) => ({
  name: wishes.name,
  revision: 1,
  issued: wishes.issued,
  expires: wishes.expires,
  dataset: {
    title: place.split('/').pop()?.slice(0, 80) ?? UNSTATED,
    source: wishes.source ?? UNSTATED,
    licence: wishes.licence ?? 'own',
    basis: wishes.basis ?? `${UNSTATED}: on what ground these data may be used`,
    ...(wishes.notice ? { notice: wishes.notice } : {}),
  },
  seed: 1,
  test: 0.2,
  restarts: 20,
  minimumSize: 50,
  scale: 'robust',
})

/** How the files write fractions, where that is not with a point. */
const decimalOf = (files: readonly Recognised[]) =>
  files.some(({ columns }) => columns.some(it => it.decimal)) ? { decimal: ',' } : {}

const featureOf = ({ feature, offline }: Bound): string => ((feature ?? offline) as { name: string }).name

const isWished = ({ without = [] }: Wishes, feature: string): boolean => !without.includes(feature)

const KEY = /(^|_)(id|key|token|customer)$/

/** Whose a row is: in several files, by a column that all have. */
const keyIn = (tables: readonly Table[]): string | undefined =>
  tables[0]?.names.find(name => KEY.test(plainName(name)) && tables.every(table => table.names.includes(name)))

const fromFigures = (tables: readonly Table[], files: readonly Recognised[], wishes: Wishes, told: string[]): Draft => {
  const key = keyIn(tables)
  const place = tables.map(table => table.place).join(', ')
  if (tables.length > 1 && key === undefined)
    return { told: [...told, `${place} have no key in common (a column such as customer_id): draft from one of them`] }
  const taken = new Set(key === undefined ? [] : [key])
  const parts = files.map(file => columnsPart(file, wishes.offline ?? false, taken))
  const named = parts.flatMap(part => part.bound).map(it => ({ it, name: featureOf(it) }))
  const [bound, lines] = [named.filter(({ name }) => isWished(wishes, name)), parts.flatMap(part => part.told)]
  if (!bound.length) {
    const mend = 'nothing here can be computed on a device: give events or orders with a key and a time'
    return { told: [...told, ...lines, mend] }
  }
  const features = bound.map(({ name }) => name)
  const part = {
    ...(key ? { key, duplicates: 'leave' } : {}),
    vector: bound.map(({ it }) => it),
    segmentations: [segmentationOf(undefined, features)],
  }
  const recipe = { ...basics(wishes, tables[0]?.place ?? ''), ...decimalOf(files), ...part }
  return { recipe, features, told: [...told, ...lines] }
}

/** @param tables with all their columns */
export const draftOf = (tables: readonly Table[], files: readonly Recognised[], wishes: Wishes): Draft => {
  const figures = files.every(({ signals }) => !signals)
  const told = tables.flatMap((table, i) =>
    tellFile(table, files[i] as Recognised, figures ? keyIn(tables) : undefined),
  )
  if (figures) return fromFigures(tables, files, wishes, told)
  const odd = files.findIndex(({ signals }) => !signals)
  if (odd >= 0) {
    const place = tables[odd]?.place
    return {
      told: [
        ...told,
        `${place} has no key and time that are known: bind it by hand, or draft without it (docs/training.md)`,
      ],
    }
  }
  const preset = wishes.preset ?? presetsFor(files)[0]
  const features = preset
    ? featuresFor(
        preset,
        kindsIn(files),
        files.some(({ hasValue }) => hasValue),
      ).filter(({ name }) => isWished(wishes, name))
    : []
  if (!preset || !features.length) {
    const kinds = kindsIn(files).join(', ') || 'nothing that is known'
    return { told: [...told, `the files tell of ${kinds}: too little for ${preset ?? `any of ${PRESETS.join(', ')}`}`] }
  }
  const proposed = `Proposed, ${preset} (${PRESET_TEXTS[preset].about}): ${features.map(({ name }) => name).join(', ')}`
  return {
    recipe: { ...basics(wishes, tables[0]?.place ?? ''), ...decimalOf(files), ...signalsPart(files, preset, features) },
    features: features.map(({ name }) => name),
    told: [...told, proposed],
  }
}
