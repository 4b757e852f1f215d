/** What may stand in a tree. Labels, ids and addresses come from strangers, so everything that is not known is refused. */

/** No script, style, iframe, object, embed, base, template, foreignObject; `link` and `meta` only as a page's head needs them. */
export const TAGS = [
  'html',
  'head',
  'title',
  'meta',
  'link',
  'body',
  'header',
  'main',
  'footer',
  'nav',
  'section',
  'article',
  'aside',
  'div',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'p',
  'span',
  'strong',
  'em',
  'small',
  'b',
  'bdi',
  'abbr',
  'time',
  'code',
  'pre',
  'br',
  'wbr',
  'hr',
  'a',
  'img',
  'figure',
  'figcaption',
  'ul',
  'ol',
  'li',
  'dl',
  'dt',
  'dd',
  'details',
  'summary',
  'table',
  'caption',
  'thead',
  'tbody',
  'tfoot',
  'tr',
  'th',
  'td',
  'form',
  'fieldset',
  'legend',
  'label',
  'input',
  'button',
  'select',
  'option',
  'output',
  'svg',
  'g',
  'rect',
  'circle',
  'line',
  'polyline',
  'polygon',
  'path',
  'text',
  'tspan',
  'desc',
] as const
export type Tag = (typeof TAGS)[number]

const known: ReadonlySet<string> = new Set(TAGS)

/** HTML's and SVG's own names, `data-` and `aria-`. */
const NAME = /^[a-z][a-zA-Z0-9-]*$/
/** Handlers, documents within documents, redirects; `style` too, which a strict content security policy would drop. */
const REFUSED = /^(on.*|style|srcdoc|srcset|formaction|http-equiv|ping|background|manifest)$/i
const ADDRESSES = /^(href|src|action)$/i
/** http, https, mailto, or no scheme at all; so `java\tscript:` is refused as well. */
const HARMLESS_ADDRESS = /^(?:(?:https?|mailto):|[^&:/?#]*(?:[/?#]|$))/i

/** Thrown by both printers; names the part, never its value. */
export class Harmful extends Error {
  override readonly name = 'Harmful'
}

/** @throws Harmful where a tag or attribute could run, load or restyle anything */
export const assertHarmless = (tag: string, attributes: { readonly [name: string]: string }): void => {
  if (!known.has(tag)) throw new Harmful('a tag that no view of ours uses')
  for (const name of Object.keys(attributes)) {
    if (!NAME.test(name) || REFUSED.test(name)) throw new Harmful(`an attribute of <${tag}> that no view of ours uses`)
    if (ADDRESSES.test(name) && !HARMLESS_ADDRESS.test(attributes[name] as string))
      throw new Harmful(`the ${name} of <${tag}> is no web address`)
  }
}
