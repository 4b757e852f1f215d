/** Does the page have Nearside's tag, or its question? One that bundles the SDK shows it by that, or by what it stores. */

const SCRIPT = /(^|\/)nearside\.js([?#]|$)/

export const loadsNearside = (): boolean =>
  // By its prototype: an image of that name on the page takes the place of the document's own, in every world.
  [...Document.prototype.querySelectorAll.call(document, 'script[data-config], #nearside-consent')].some(
    it => it.localName !== 'script' || SCRIPT.test(it.getAttribute('src') ?? ''),
  )
