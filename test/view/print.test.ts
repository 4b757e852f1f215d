import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ElementNode, h } from '../../view/element.ts'
import { Harmful, TAGS, type Tag } from '../../view/harmless.ts'
import { HTML, SVG, toDom } from '../../view/to-dom.ts'
import { toDocument, toMarkup } from '../../view/to-string.ts'
import { count, seed } from '../harness/size.ts'

/** As much of a browser as `toDom` asks for; writes down what it was told. */
interface Written {
  namespace: string
  tag: string
  attributes: Record<string, string>
  children: (Written | string)[]
  setAttribute(name: string, value: string): void
  append(...children: (Written | string)[]): void
}
const paper = {
  createElementNS(namespace: string, tag: string): Written {
    const attributes: Record<string, string> = {}
    const children: (Written | string)[] = []
    return {
      namespace,
      tag,
      attributes,
      children,
      setAttribute: (name, value) => void Object.assign(attributes, { [name]: value }),
      append: (...more) => void children.push(...more),
    }
  },
}

const UNESCAPED: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#13;': '\r',
}
const unescaped = (text: string): string => text.replace(/&[#\w]+;/g, entity => UNESCAPED[entity] ?? entity)
const VOID = /^(br|hr|img|input|link|meta|wbr)$/

/** Reads back what `toMarkup` printed, by the rules of HTML that it relies on. */
const readBack = (html: string): ElementNode | string => {
  const root: { tag: string; attributes: Record<string, string>; children: unknown[] } = {
    tag: '',
    attributes: {},
    children: [],
  }
  const open = [root]
  for (const [, close, tag, attributes, text] of html.matchAll(
    /<(\/?)([a-z0-9]+)((?: [a-zA-Z-]+="[^"]*")*)>|([^<]+)/g,
  )) {
    const parent = open.at(-1) as typeof root
    if (text !== undefined)
      parent.children.push(unescaped(parent.tag === 'pre' && !parent.children.length ? text.replace(/^\n/, '') : text))
    else if (close) expect(open.pop()?.tag).toBe(tag)
    else {
      const pairs = [...(attributes ?? '').matchAll(/ ([a-zA-Z-]+)="([^"]*)"/g)].map(([, name, value]) => [
        name,
        unescaped(value as string),
      ])
      const node = { tag: tag as string, attributes: Object.fromEntries(pairs), children: [] }
      parent.children.push(node)
      if (!VOID.test(node.tag)) open.push(node)
    }
  }
  expect(open).toEqual([root])
  return root.children[0] as ElementNode | string
}

const plain = ({ tag, attributes, children }: Written | ElementNode): unknown => ({
  tag,
  attributes: { ...attributes },
  children: children.filter(child => child !== '').map(child => (typeof child === 'string' ? child : plain(child))),
})

const text = fc.string({ unit: 'grapheme', maxLength: 12 }).map(it => it.replaceAll('\0', ''))
const nasty = fc.oneof(
  text,
  fc.constantFrom('<script>alert(1)</script>', '" onload="x', '\n\n', '\r\n', '&amp;', ']]>', '--><b>', "'"),
)
const container = fc.constantFrom<Tag>(...TAGS.filter(tag => !VOID.test(tag)))
const { tree } = fc.letrec<{ tree: ElementNode }>(tie => ({
  tree: fc
    .tuple(
      container,
      fc.dictionary(fc.constantFrom('class', 'title', 'data-x', 'aria-label', 'viewBox'), nasty),
      fc.array(fc.oneof({ depthSize: 'small' }, nasty, fc.constant(h('br')), tie('tree')), { maxLength: 4 }),
    )
    .map(([tag, attributes, children]) => h(tag, attributes, children)),
}))

describe('a tree', () => {
  it('is the same to both printers, whatever its texts say', () => {
    fc.assert(
      fc.property(tree, it => {
        expect(plain(readBack(toMarkup(it)) as ElementNode)).toEqual(plain(it))
        expect(plain(toDom(paper, it))).toEqual(plain(it))
      }),
      { seed, numRuns: count(10_000, 300) },
    )
  })

  it('keeps SVG in its own namespace, and comes back to HTML after it', () => {
    const made = toDom(paper, h('div', {}, h('svg', {}, h('g', {}, h('rect'))), h('p')))
    const [svg, p] = made.children as Written[]
    const g = svg?.children[0] as Written
    expect([made.namespace, svg?.namespace, g.namespace, (g.children[0] as Written).namespace, p?.namespace]).toEqual([
      HTML,
      SVG,
      SVG,
      SVG,
      HTML,
    ])
  })

  it('drops what is false, null or undefined, and joins texts', () => {
    expect(h('p', { hidden: true, id: undefined, class: false }, 'a', 1, null, [false, ['b']])).toEqual({
      tag: 'p',
      attributes: { hidden: '' },
      children: ['a1b'],
    })
  })

  it('is a whole document where one is asked for', () => {
    expect(toDocument(h('html', { lang: 'en' }))).toBe('<!doctype html>\n<html lang="en"></html>\n')
  })
})

describe('neither printer lets through', () => {
  const refused = (node: ElementNode) => {
    expect(() => toMarkup(h('div', {}, node))).toThrow(Harmful)
    expect(() => toDom(paper, h('div', {}, node))).toThrow(Harmful)
  }

  it.each([
    'script',
    'style',
    'iframe',
    'object',
    'embed',
    'base',
    'template',
    'foreignObject',
    'animate',
    'use',
    'SCRIPT',
    'a b',
    '',
    'p onclick=x',
  ])('the tag %j', tag => refused(h(tag as Tag)))

  it.each([
    'onclick',
    'ONLOAD',
    'onanything',
    'style',
    'srcdoc',
    'srcset',
    'formaction',
    'http-equiv',
    'xlink:href',
    'a b',
    'a"',
    '',
  ])('the attribute %j', name => refused(h('a', { [name]: 'x' })))

  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'JaVaScRiPt:1',
    'java\tscript:1',
    '\u0001javascript:1',
    'data:text/html,x',
    'vbscript:1',
    'blob:x',
    'file:///x',
  ])('the address %j', href => {
    refused(h('a', { href }))
    refused(h('img', { src: href }))
    refused(h('form', { action: href }))
  })

  it('but does let through addresses of the web', () => {
    for (const href of [
      'https://a.example/x?y=1#z',
      'http://a.example',
      'mailto:a@b.example',
      '/x',
      './x:y',
      '#x',
      '?a=b:c',
      'style.css',
      '',
    ])
      expect(toMarkup(h('a', { href }))).toContain('href=')
  })
})
