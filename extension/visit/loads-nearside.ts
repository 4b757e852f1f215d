/** Does the page have Nearside's tag? One that bundles the SDK shows it only by what it stores, or when it asks. */

const SCRIPT = /(^|\/)nearside\.js([?#]|$)/

export const loadsNearside = (): boolean =>
  [...document.querySelectorAll('script[data-config]')].some(it => SCRIPT.test(it.getAttribute('src') ?? ''))
