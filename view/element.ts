/** Cards and pages as plain data, which two printers turn into DOM or text. Nothing here knows of a browser. */

import type { Tag } from './harmless.ts'

/** `true` prints an empty attribute; `false` and `undefined` print none. */
export interface Attributes {
  readonly [name: string]: string | number | boolean | undefined
}

export type Child = ElementNode | string | number | false | null | undefined | readonly Child[]

export interface ElementNode {
  readonly tag: Tag
  readonly attributes: { readonly [name: string]: string }
  /** No two texts stand side by side, and none is empty: what a parser reads back is the same tree. */
  readonly children: readonly (ElementNode | string)[]
}

const texts = (attributes: Attributes): { [name: string]: string } => {
  const made: { [name: string]: string } = {}
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== undefined) made[name] = value === true ? '' : String(value)
  }
  return made
}

const gather = (children: readonly Child[], into: (ElementNode | string)[]): (ElementNode | string)[] => {
  for (const child of children) {
    if (child === false || child === null || child === undefined || child === '') continue
    if (Array.isArray(child)) gather(child, into)
    else if (typeof child === 'object') into.push(child as ElementNode)
    else if (typeof into.at(-1) === 'string') into.push(`${into.pop()}${child}`)
    else into.push(String(child))
  }
  return into
}

/** `h('p', { class: 'ns-note' }, 'Hello ', h('strong', {}, name))`. `svg` and what stands in it is SVG. */
export const h = (tag: Tag, attributes: Attributes = {}, ...children: readonly Child[]): ElementNode => ({
  tag,
  attributes: texts(attributes),
  children: gather(children, []),
})
