// Every way to spoil a document a little: at each place in it, one thing is taken away, put in, or made something else.
import type { Json } from './documents.ts'

export type Path = readonly (string | number)[]

export interface Mutation {
  readonly path: Path
  readonly what: string
  readonly make: (document: Json) => Json
}

const deep = (levels: number): Json => {
  let it: Json = 'down here'
  for (let i = 0; i < levels; i++) it = i % 2 ? [it] : { it }
  return it
}

const LENGTHS = [
  8, 9, 10, 16, 17, 21, 22, 24, 25, 40, 41, 60, 61, 80, 81, 120, 121, 200, 201, 256, 257, 400, 401, 70_000,
]

const WRONG: Json[] = [
  ...[
    null,
    true,
    false,
    0,
    1,
    2,
    -1,
    1.5,
    6,
    7,
    63,
    400,
    401,
    599,
    600,
    9999,
    10_000,
    99_999,
    100_000,
    86_400_000,
    86_400_001,
  ],
  ...[1e9, 1e9 + 1, 1e12, 1e12 + 1, 2 ** 53 - 1, 2 ** 53, 1e300, -1e300, 5e-324],
  ...[
    '',
    ' ',
    'a',
    'A',
    '7',
    '-',
    '_',
    'a\n',
    '\u0000',
    'é',
    '😀',
    'session',
    'kids',
    'sequence',
    'sessions',
    'returns',
    'ratio',
    'count',
    'page_view',
    'answer',
  ],
  ...[
    'page',
    'home',
    'prodct',
    'product',
    'ms',
    'value',
    'currency',
    'EUR',
    'constructor',
    '__proto__',
    'toString',
    'browsing',
  ],
  ...['personalization', 'measurement', 'account', 'views', 'c1', 'v1', 'segment', 'report', 'rules', 'centroids'],
  ...['/', '//x.example', '/\\x', './x', '../x', 'http://x', 'https://x.example/y', 'javascript:alert(1)', 'ftp://x'],
  ...[
    '2026-02-31',
    '2026-13-01',
    '2026-1-1',
    '12026-01-01',
    'shop.1',
    'shop',
    'ab'.repeat(32),
    'AB'.repeat(32),
    'A'.repeat(22),
  ],
  ...LENGTHS.map(length => 'x'.repeat(length)),
  ...[20, 41, 61].map(length => '😀'.repeat(length)),
  ...[
    [],
    [1],
    ['a'],
    ['browsing'],
    [[]],
    [null],
    {},
    { a: 1 },
    { page: ['home'] },
    { kind: 'page_view' },
    deep(50),
    deep(1000),
  ],
]

const isObject = (it: Json): it is { [name: string]: Json } =>
  it !== null && typeof it === 'object' && !Array.isArray(it)

/** Own properties, whatever they are called: `it.__proto__ = …` would set none. */
const put = (it: { [name: string]: Json }, name: string, value: Json): void => {
  Object.defineProperty(it, name, { value, enumerable: true, configurable: true, writable: true })
}

const STRANGE_NAMES = ['extra', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'V', '', 'x'.repeat(5000)]

const at = (it: Json, path: Path): Json =>
  path.reduce<Json>((inner, key) => (inner as { [name: string]: Json })[key] as Json, it)

/** Every place in a document, the whole of it first. */
export const placesIn = (it: Json, path: Path = []): Path[] => [
  path,
  ...(Array.isArray(it)
    ? it.flatMap((each, i) => placesIn(each, [...path, i]))
    : isObject(it)
      ? Object.keys(it).flatMap(name => placesIn(it[name] as Json, [...path, name]))
      : []),
]

/** A copy of what stands there takes its place, and is returned. */
const stepInto = (owner: { [name: string]: Json }, key: string): { [name: string]: Json } => {
  const it = owner[key] as Json
  const copy = Array.isArray(it) ? [...it] : isObject(it) ? { ...it } : it
  put(owner, key, copy)
  return copy as { [name: string]: Json }
}

const edit = (path: Path, what: string, change: (owner: { [name: string]: Json }, key: string) => void): Mutation => ({
  path,
  what: `${path.join('.')}: ${what}`,
  make: document => {
    const whole: { [name: string]: Json } = { whole: document }
    // Only what leads there is copied: there are tens of thousands of changes, each to a whole document.
    const owner = path.reduce<{ [name: string]: Json }>(
      (it, _, i) => stepInto(it, String(i ? path[i - 1] : 'whole')),
      whole,
    )
    const key = String(path.at(-1) ?? 'whole')
    if (Object.hasOwn(owner, key)) stepInto(owner, key)
    change(owner, key)
    return whole.whole as Json
  },
})

const shown = (value: Json): string => JSON.stringify(value).slice(0, 40)
const replaced = (path: Path, value: Json): Mutation =>
  edit(path, `becomes ${shown(value)}`, (owner, key) => put(owner, key, value))

const ofNumber = (it: number): Json[] => [it + 1, it - 1, it + 0.5, -it, it * 1000, String(it)]
const ofText = (it: string): Json[] => [
  ...[`${it}\n`, ` ${it}`, `${it}x`, `_${it}`, it.toUpperCase(), it.toLowerCase(), it.slice(1), it.slice(0, -1)],
  ...[it.repeat(30), it.repeat(3), `${it}😀`, `${it}é`, [it]],
]
const LIST_LENGTHS = [2, 3, 4, 5, 8, 9, 10, 16, 17, 63, 64, 65, 200, 201]
const WORD_LIST_LENGTHS = [...LIST_LENGTHS, 4096, 4097]

/** The `i`th of many like `first`: of another name, where it has one. */
const another = (first: Json, i: number): Json =>
  isObject(first) && Object.hasOwn(first, 'name') ? { ...first, name: `n${i}` } : structuredClone(first)

const ofList = (it: Json[]): Json[] => {
  const [first = null] = it
  const lengths = typeof first === 'string' ? WORD_LIST_LENGTHS : LIST_LENGTHS
  return [
    ...[[], [...it, ...it], [first, ...it], [...it].reverse(), it.slice(1), it.slice(0, -1), { ...it }],
    ...lengths.map(length => Array.from({ length }, (_, i) => another(first, i))),
    ...lengths.map(length => [
      ...it,
      ...Array.from({ length: Math.max(0, length - it.length) }, (_, i) => another(first, i)),
    ]),
  ]
}

const within = (path: Path, it: Json): Mutation[] => {
  if (typeof it === 'number') return ofNumber(it).map(value => replaced(path, value))
  if (typeof it === 'string') return ofText(it).map(value => replaced(path, value))
  if (Array.isArray(it)) return ofList(it).map(value => replaced(path, value))
  if (!isObject(it)) return []
  return [
    ...STRANGE_NAMES.map(name =>
      edit(path, `gets ${name.slice(0, 20)}`, (owner, key) =>
        put(owner[key] as { [name: string]: Json }, name, ['home']),
      ),
    ),
    ...Object.keys(it).map(name =>
      edit([...path, name], 'is renamed', (owner, key) => {
        put(owner, `${key}_`, owner[key] as Json)
        delete owner[key]
      }),
    ),
  ]
}

const removed = (path: Path): Mutation =>
  edit(path, 'is gone', (owner, key) => {
    if (Array.isArray(owner)) owner.splice(Number(key), 1)
    else delete owner[key]
  })

/** Every mutation of a document: some hundred for each place in it. */
export const mutationsOf = (document: Json): Mutation[] =>
  placesIn(document).flatMap(path => [
    ...(path.length ? [removed(path)] : []),
    ...WRONG.map(value => replaced(path, value)),
    ...within(path, at(document, path)),
  ])
