/** The printer for servers and files. */

import type { ElementNode } from './element.ts'
import { assertHarmless } from './harmless.ts'

const VOID: ReadonlySet<string> = new Set(['br', 'hr', 'img', 'input', 'link', 'meta', 'wbr'])

/** A parser would turn a carriage return into a new line, and cannot read NUL at all. */
const ESCAPES: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\r': '&#13;',
  '\0': '\ufffd',
}
const escaped = (text: string): string => text.replace(/[&<>"'\r\0]/g, character => ESCAPES[character] as string)

/** HTML text. @throws Harmful */
export const toMarkup = (node: ElementNode | string): string => {
  if (typeof node === 'string') return escaped(node)
  const { tag, attributes, children } = node
  assertHarmless(tag, attributes)
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(value)}"`)
  const open = `<${tag}${written.join('')}>`
  if (VOID.has(tag)) return open
  // The first line break after <pre> is not content; one more keeps the one that is.
  const first = tag === 'pre' && typeof children[0] === 'string' && children[0].startsWith('\n') ? '\n' : ''
  return `${open}${first}${children.map(toMarkup).join('')}</${tag}>`
}

/** A whole document. @param page its `<html>` */
export const toDocument = (page: ElementNode): string => `<!doctype html>\n${toMarkup(page)}\n`
