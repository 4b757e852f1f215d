/** The banner's looks. A constructable stylesheet passes a strict policy. */

import banner from './banner.css?inline'

let adopted: CSSStyleSheet[] = []

export const adoptStyle = (css = banner): void => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  adopted.push(sheet)
  document.adoptedStyleSheets.push(sheet)
}

export const dropStyle = (): void => {
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter(each => !adopted.includes(each))
  adopted = []
}
