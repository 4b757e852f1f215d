// The dependency law, as a pure function from sources to offences: the test plants some, and then looks at the real tree.
import { dirname, join, posix } from 'node:path'
import { impuritiesOf, modulesOf, parse, unheardOf } from './source.ts'

/** Path relative to the root, with forward slashes, to source. */
export type Sources = Record<string, string>
/** Room to the rooms it may import. */
export type Law = Record<string, string[]>

const floor = ['core']
const house = ['core', 'view', 'store', 'worker', 'sdk', 'extension', 'trainer', 'collector', 'cli']

/** Imports go down only. Each room's `references` say the same, and the test holds the two together. */
export const law: Law = {
  core: [],
  view: floor,
  store: floor,
  worker: ['core', 'store'],
  sdk: ['core', 'view'],
  extension: ['core', 'view', 'store', 'worker'],
  trainer: ['core', 'view'],
  collector: ['core', 'view'],
  cli: ['core', 'trainer', 'collector'],
  examples: house,
  test: [...house, 'examples'],
  bench: [...house, 'examples', 'test'],
}

// Packages a room may name. Node's own modules only where Node runs it: the trainer runs in a browser worker as well.
const packages: Record<string, RegExp> = {
  core: /^$/,
  view: /^$/,
  store: /^idb$/,
  worker: /^(comlink|idb)$/,
  sdk: /^$/,
  extension: /^(webextension-polyfill|vanjs-core)$/,
  trainer: /^ml-(kmeans|pca)$/,
  collector: /^(hono(\/.*)?|@hono\/node-server(\/.*)?|libsql(\/.*)?|node:.*)$/,
  cli: /^(hyparquet|papaparse|node:.*)$/,
  examples: /./,
  test: /./,
  bench: /./,
}
// The page's end of the worker's calls is loaded after a yes, so its weight is no visitor's who refused.
const session = /^sdk\/session[a-z.-]*\.ts$/
// What draws with a framework names it; nothing else of the SDK imports that file.
const frameworks: Record<string, RegExp> = { react: /^sdk\/react\.ts$/ }

const LINES_IN_QUESTION = 250
const LINES_TOO_MANY = 300
// Files between 250 and 300 lines that are better whole. One wires the page's side, so that its flow is seen in one place.
const longOnPurpose: string[] = ['sdk/nearside.ts']

const bannedNames = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'misc'])
const kebab = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/

/** What the build leaves out where nobody takes the answer (`PURE` in scripts/vite/sdk.ts). */
export const PARSERS = ['text', 'oneOf', 'integer', 'optional', 'object', 'list', 'mapOf']

const roomOf = (path: string): string | undefined => {
  const [first = '', second] = path.split('/')
  return second !== undefined && first in law ? first : undefined
}

const resolve = (from: string, specifier: string): string =>
  posix.normalize(posix.join(posix.dirname(from), specifier.replace(/\?.*$/, '')))

const nameOffences = (path: string, source: string): string[] => {
  const found: string[] = []
  for (const part of path.split('/')) {
    if (!kebab.test(part)) found.push(`${path}: "${part}" is not kebab-case`)
    if (bannedNames.has(part.split('.')[0] ?? ''))
      found.push(`${path}: "${part}" says nothing; name it for what it does`)
  }
  const lines = source.replace(/\n$/, '').split('\n').length
  if (lines > LINES_TOO_MANY) found.push(`${path}: ${lines} lines, more than ${LINES_TOO_MANY}`)
  else if (lines > LINES_IN_QUESTION && !longOnPurpose.includes(path))
    found.push(`${path}: ${lines} lines; above ${LINES_IN_QUESTION} it must be split or listed`)
  return found
}

const importOffence = (path: string, room: string, specifier: string, sources: Sources): string | undefined => {
  if (!specifier.startsWith('.')) {
    const allowed =
      packages[room]?.test(specifier) ||
      (specifier === 'comlink' && session.test(path)) ||
      frameworks[specifier]?.test(path)
    return allowed ? undefined : `${path}: ${room} may not import ${specifier}`
  }
  const target = resolve(path, specifier)
  if (/\.[jt]sx?$|\/[^./]+$|^[^./]+$/.test(target) && !(target in sources))
    return `${path}: ${specifier} names no file (relative imports end in .ts)`
  const other = roomOf(target)
  if (other === room || (other === undefined && target.endsWith('.json'))) return undefined
  if (other === undefined) return `${path}: ${specifier} leaves the rooms`
  return law[room]?.includes(other) ? undefined : `${path}: ${room} may not import ${other} (${specifier})`
}

/** All that a room may come to load: its references, and theirs. */
const reachable = (room: string, reached = new Set<string>([room])): Set<string> => {
  for (const next of law[room] ?? []) if (!reached.has(next)) reachable(next, reached.add(next))
  return reached
}

const reachOffences = (graph: Map<string, string[]>): string[] => {
  const found: string[] = []
  for (const start of graph.keys()) {
    const room = roomOf(start) ?? ''
    const allowed = reachable(room)
    const chains = [[start]]
    const seen = new Set([start])
    for (const chain of chains)
      for (const next of graph.get(chain.at(-1) ?? '') ?? []) {
        if (seen.has(next)) continue
        seen.add(next)
        const other = roomOf(next)
        if (chain.length > 1 && other && !allowed.has(other))
          found.push(`${start}: ${room} reaches ${other} by ${[...chain.slice(1), next].join(' > ')}`)
        chains.push([...chain, next])
      }
  }
  return found
}

/** Every breach of the law in these sources, a line each; none for a house in order. */
export const offencesIn = (sources: Sources): string[] => {
  const found: string[] = []
  const graph = new Map<string, string[]>()
  for (const [path, source] of Object.entries(sources)) {
    found.push(...nameOffences(path, source))
    const room = roomOf(path)
    if (!room || !path.endsWith('.ts')) continue
    const program = parse(path, source)
    const specifiers = modulesOf(program)
    found.push(
      ...specifiers.map(specifier => importOffence(path, room, specifier, sources)).filter(line => line !== undefined),
    )
    const targets = specifiers.filter(specifier => specifier.startsWith('.')).map(specifier => resolve(path, specifier))
    graph.set(
      path,
      targets.filter(target => target in sources),
    )
    if (/\/\/\/\s*<reference\s+path/.test(source)) found.push(`${path}: a reference by path goes round the law`)
    for (const name of unheardOf(program, PARSERS))
      found.push(`${path}: the build leaves out a check by ${name}() that has no name; give it one before it is called`)
    if (room === 'core') found.push(...impuritiesOf(program).map(what => `${path}: core may not use ${what}`))
  }
  return [...found, ...reachOffences(graph)]
}

/** Where a room's tsconfig.json and the law differ. */
export const referenceOffences = (configs: Record<string, { references?: { path: string }[] }>): string[] =>
  Object.entries(configs).flatMap(([room, { references = [] }]) => {
    const named = references.map(({ path }) => join(dirname(`${room}/tsconfig.json`), path)).sort()
    const lawful = [...(law[room] ?? [])].sort()
    if (!(room in law)) return [`${room}: no such room in the law`]
    return named.join() === lawful.join()
      ? []
      : [`${room}: references ${named.join(', ')}; the law says ${lawful.join(', ')}`]
  })
