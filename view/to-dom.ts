/** The printer for pages: createElementNS, setAttribute and text nodes only, so no text can ever become markup. */

import type { ElementNode } from './element.ts'
import { assertHarmless } from './harmless.ts'

/** As much of an Element, and of a Document, as is used: views are compiled without a browser. */
export interface DomElement {
  setAttribute(name: string, value: string): void
  append(...children: (this | string)[]): void
}
export interface DomDocument<E extends DomElement> {
  createElementNS(namespace: string, tag: string): E
}

export const HTML = 'http://www.w3.org/1999/xhtml'
export const SVG = 'http://www.w3.org/2000/svg'

/** @throws Harmful */
export const toDom = <E extends DomElement>(document: DomDocument<E>, node: ElementNode, around = HTML): E => {
  assertHarmless(node.tag, node.attributes)
  const namespace = node.tag === 'svg' ? SVG : around
  const element = document.createElementNS(namespace, node.tag)
  for (const [name, value] of Object.entries(node.attributes)) element.setAttribute(name, value)
  for (const child of node.children)
    element.append(typeof child === 'string' ? child : toDom(document, child, namespace))
  return element
}
