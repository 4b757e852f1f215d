/** Pages as one file: their styles within them, and nothing that is fetched. */

import { type Model, modelId } from '../../core/model.ts'
import type { ElementNode } from '../../view/element.ts'
import plotStyle from '../../view/plot/plot.css?raw'
import toneStyle from '../../view/plot/tones.css?raw'
import sheetStyle from '../../view/sheet.css?raw'
import { toMarkup } from '../../view/to-string.ts'
import viewStyle from '../../view/view.css?raw'
import layout from './card.css?raw'
import { modelPage } from './model-page.ts'
import { type CardPage, cardPage } from './page.ts'

/** Even if a text in it were taken for markup, it could neither run nor fetch anything. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

/** @param body a `<body>` */
export const wholeDocument = (title: string, body: ElementNode): string =>
  [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="content-security-policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${toMarkup(title)}</title>`,
    `<style>${[viewStyle, sheetStyle, toneStyle, plotStyle, layout].join('\n')}</style>`,
    '</head>',
    toMarkup(body),
    '</html>',
    '',
  ].join('\n')

/** The model card, of a model that was just trained. */
export const cardDocument = (page: CardPage): string =>
  wholeDocument(`Model card: ${modelId(page.model)}`, cardPage(page))

/** The model card of which the file itself can tell, without the data. */
export const modelDocument = (model: Model): string => wholeDocument(`Model card: ${modelId(model)}`, modelPage(model))
