/** The centre's looks: the same parts that the extension draws, inside of the dialog and nowhere else. */

import panels from '../../view/panels/panels.css?inline'
import parts from '../../view/view.css?inline'
import centre from './centre.css?inline'

let sheet: CSSStyleSheet | undefined

/** A constructable stylesheet passes a strict CSP. Nested, no rule of it reaches out of the dialog, and each weighs more than a page's. */
export const adoptStyle = (): void => {
  if (!sheet) {
    sheet = new CSSStyleSheet()
    sheet.replaceSync(`#nearside-centre[dir]{${parts}${panels}}${centre}`)
  }
  document.adoptedStyleSheets.push(sheet)
}

export const dropStyle = (): void => {
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter(each => each !== sheet)
}
