// What one source file reaches for: the modules it names, and the impure things it touches. Parsed, not guessed from text.
import { parseSync } from 'vite'

type Node = { type: string; [key: string]: unknown }

const isNode = (value: unknown): value is Node => typeof (value as Node | null)?.type === 'string'
const childrenOf = (node: Node): Node[] => Object.values(node).flat().filter(isNode)
const nameOf = (value: unknown): string | undefined =>
  isNode(value) && value.type === 'Identifier' ? String(value.name) : undefined
const textOf = (value: unknown): string | undefined =>
  isNode(value) && value.type === 'Literal' && typeof value.value === 'string' ? value.value : undefined

const everyNode = function* (node: Node): Generator<Node> {
  yield node
  for (const child of childrenOf(node)) yield* everyNode(child)
}

export const parse = (path: string, source: string): Node => {
  const { program, errors } = parseSync(path, source, { lang: 'ts', sourceType: 'module' })
  if (errors[0]) throw new Error(`${path}: ${errors[0].message}`)
  return program as unknown as Node
}

/** Every module that the file names, in whatever form: import, export from, import(), import type, new URL(…, import.meta.url). */
export const modulesOf = (program: Node): string[] => {
  const named = new Set<string>()
  for (const node of everyNode(program)) {
    const from = node.type === 'TSExternalModuleReference' ? textOf(node.expression) : textOf(node.source)
    if (from !== undefined) named.add(from)
    const url =
      node.type === 'NewExpression' && nameOf(node.callee) === 'URL'
        ? textOf((node.arguments as unknown[])[0])
        : undefined
    if (url?.startsWith('.') && url.endsWith('.ts')) named.add(url)
  }
  return [...named]
}

// `log`, `exp`, `pow` and their kin differ in the last bit between engines; these five do not, and neither do the constants.
const exactMath = new Set([
  'abs',
  'floor',
  'min',
  'max',
  'sqrt',
  'E',
  'LN10',
  'LN2',
  'LOG10E',
  'LOG2E',
  'PI',
  'SQRT1_2',
  'SQRT2',
])
const pureDate = new Set(['UTC', 'parse'])

// What lets the world in: clocks, chance, the network, storage, and the ways to get at them under another name.
const worldly = new Set(
  `performance crypto setTimeout setInterval setImmediate queueMicrotask requestAnimationFrame requestIdleCallback fetch
  XMLHttpRequest WebSocket Worker localStorage sessionStorage indexedDB document window self globalThis navigator location
  process Buffer require console eval Function Intl WebAssembly`.split(/\s+/),
)

// Of a TypeScript-only node, the parts that run; every other such node is a type, and erased.
const running: Record<string, string> = {
  TSAsExpression: 'expression',
  TSSatisfiesExpression: 'expression',
  TSNonNullExpression: 'expression',
  TSTypeAssertion: 'expression',
  TSInstantiationExpression: 'expression',
  TSParameterProperty: 'parameter',
  TSEnumDeclaration: 'body',
  TSEnumBody: 'members',
  TSEnumMember: 'initializer',
  TSModuleDeclaration: 'body',
  TSModuleBlock: 'body',
}

/** The children that hold values: not types, not the names of properties or of imports. */
const valuesOf = (node: Node): Node[] => {
  if (node.type.startsWith('TS')) return [node[running[node.type] ?? '']].flat().filter(isNode)
  if (node.type === 'ImportDeclaration' || (node.type.startsWith('Export') && isNode(node.source))) return []
  if (node.type === 'MemberExpression' && !node.computed) return [node.object as Node]
  const named = ['Property', 'MethodDefinition', 'PropertyDefinition'].includes(node.type) && !node.computed
  return childrenOf(node).filter(child => !(named && child === node.key))
}

const boundIn = function* (pattern: Node): Generator<string> {
  const name = nameOf(pattern)
  if (name !== undefined) yield name
  const parts = {
    ObjectPattern: 'properties',
    Property: 'value',
    ArrayPattern: 'elements',
    AssignmentPattern: 'left',
    RestElement: 'argument',
  }
  const key = parts[pattern.type as keyof typeof parts]
  for (const part of [key ? pattern[key] : undefined].flat()) if (isNode(part)) yield* boundIn(part)
}

const localNames = (program: Node): Set<string> => {
  const names = new Set<string>()
  for (const node of everyNode(program)) {
    const patterns = [
      node.type === 'VariableDeclarator' ? node.id : undefined,
      node.params,
      node.param,
      node.local,
    ].flat()
    if (/Function|Class/.test(node.type)) patterns.push(node.id)
    for (const pattern of patterns) if (isNode(pattern)) for (const name of boundIn(pattern)) names.add(name)
  }
  return names
}

/** What in the file depends on an engine, a clock, chance or the world outside: allowed in no file of `core`. */
export const impuritiesOf = (program: Node): string[] => {
  const found: string[] = []
  const local = localNames(program)

  const identifier = (name: string): void => {
    if (name === 'Math') found.push('Math under another name')
    else if (name === 'Date') found.push('Date without a time')
    else if (worldly.has(name) && !local.has(name)) found.push(name)
  }

  const visit = (node: Node): void => {
    const name = nameOf(node)
    if (name !== undefined) {
      identifier(name)
      return
    }
    const [owner, member = ''] = node.computed ? [] : [nameOf(node.object), nameOf(node.property)]
    const exact = owner === 'Math' ? exactMath : owner === 'Date' ? pureDate : undefined
    if (exact) {
      if (!exact.has(member)) found.push(`${owner}.${member}`)
      return
    }
    const { arguments: given } = node
    if (node.type === 'NewExpression' && nameOf(node.callee) === 'Date' && Array.isArray(given) && given.length > 0) {
      given.forEach(visit)
      return
    }
    // `x ** y` is Math.pow by another name; of two literals it is a constant.
    if (
      node.type === 'BinaryExpression' &&
      node.operator === '**' &&
      !valuesOf(node).every(side => side.type === 'Literal')
    )
      found.push('**')
    if (node.type === 'AssignmentExpression' && node.operator === '**=') found.push('**=')
    valuesOf(node).forEach(visit)
  }

  visit(program)
  return [...new Set(found)]
}

/** The statement that a node is, or the body of a function that `forEach` calls: what comes out of it is heard by nobody. */
const unheardIn = (node: Node): unknown => {
  if (node.type === 'ExpressionStatement') return node.expression
  const { callee, arguments: given } = node
  const each = node.type === 'CallExpression' && nameOf((callee as Node).property) === 'forEach'
  return each ? ((given as Node[])[0] as Node | undefined)?.body : undefined
}

/** Calls of a parser in the place where it is made, whose answer nobody takes: the build takes such a check out. */
export const unheardOf = (program: Node, parsers: readonly string[]): string[] =>
  [...everyNode(program)].flatMap(node => {
    const call = unheardIn(node)
    const made = isNode(call) && call.type === 'CallExpression' && isNode(call.callee) ? call.callee : undefined
    const name = made?.type === 'CallExpression' ? nameOf(made.callee) : undefined
    return name !== undefined && parsers.includes(name) ? [name] : []
  })
