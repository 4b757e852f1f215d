// What pages set that nobody should, and what a real framework does: none of it may change what is ours.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

export const HOSTILE_CSS: { readonly [name: string]: string } = {
  'a reset of everything': '* { all: unset }',
  'a root font of 40 px':
    'html { font: italic 700 40px/3 fantasy; letter-spacing: 4px; text-transform: uppercase; text-align: right; direction: ltr }',
  'Bootstrap, as it is': readFileSync(
    createRequire(import.meta.url).resolve('bootstrap/dist/css/bootstrap.min.css'),
    'utf8',
  ),
  'resets like those of frameworks': `*, ::before, ::after { box-sizing: content-box; border: 0 solid; margin: 0; padding: 0 } button, input { font: inherit; color: inherit; appearance: none; background: none }
    label { display: inline-block; margin-bottom: .5rem } fieldset { min-width: 0; padding: 30px } legend { font-size: 3rem; float: left; width: 100% } ul { padding-left: 5rem; list-style: square } h2 { font-size: 5rem; margin: 4rem }
    dialog { display: none; max-width: 40px } details { display: none } table { width: 3000px } pre { white-space: pre; font-size: 60px } a { display: block } svg { display: none } line, polygon, polyline { stroke: red; fill: red; opacity: 0 }`,
  'rules for every tag and attribute':
    'div, p, ul, li, h2, h3, button, dialog, b, span, label, input, section { float: right; width: 30px; color: red; position: static; transform: rotate(9deg); opacity: .2 } [id], [class], [role=region], [data-nearside] { display: none; background: red }',
  'a hostile z-index': '#cover { position: fixed; inset: 0; z-index: 2147483647; background: red }',
}
